package io.hookline.ops.command;

import picocli.CommandLine.Command;

/** Groups the commands about what Hookline itself could not read or route. */
@Command(
        name = "pipeline",
        description = "Look at records that Hookline itself could not read or route, such as events that are no JSON.")
public final class PipelineCommand extends CommandGroup {}
