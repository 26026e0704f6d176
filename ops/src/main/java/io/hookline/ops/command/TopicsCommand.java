package io.hookline.ops.command;

import picocli.CommandLine.Command;

/** Groups the commands about topics. */
@Command(name = "topics", description = "Create the topics of an installation, and check them against the catalogue.")
public final class TopicsCommand extends CommandGroup {}
