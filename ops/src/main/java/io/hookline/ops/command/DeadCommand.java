package io.hookline.ops.command;

import picocli.CommandLine.Command;

/** Groups the commands about dead letters. */
@Command(name = "dead", description = "Dead letters: deliveries that were given up. See why, repair, replay.")
public final class DeadCommand extends CommandGroup {}
