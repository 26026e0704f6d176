package io.hookline.ops.command;

import picocli.CommandLine.Command;

/** Groups the commands about subscriptions. */
@Command(
        name = "subscriptions",
        aliases = "subscription",
        description = "Register endpoints: which events go where, how they are signed, when they are retried.")
public final class SubscriptionsCommand extends CommandGroup {}
