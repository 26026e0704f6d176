package io.hookline.ops.command;

import picocli.CommandLine.Command;

/** Groups the commands about the keyset. */
@Command(
        name = "keyset",
        description = "Make and change the keys that secrets of subscriptions are encrypted with (docs/security.md).")
public final class KeysetCommand extends CommandGroup {}
