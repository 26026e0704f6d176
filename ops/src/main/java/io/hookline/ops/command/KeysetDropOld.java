package io.hookline.ops.command;

import io.hookline.deliverer.secret.Keyset;
import io.hookline.ops.cli.Console;
import picocli.CommandLine.Command;

/** {@code keyset drop-old}. */
@Command(
        name = "drop-old",
        description = {
            "Keep the key that encrypts and drop the older ones.",
            "Only once 'subscriptions reencrypt --dry-run' finds nothing: what is encrypted with a dropped key cannot be read again."
        },
        footer = {"", "Examples:", "  hookline keyset drop-old keyset-2.json keyset-3.json"})
public final class KeysetDropOld extends KeysetFileCommand.Derived {
    public KeysetDropOld(Console console) {
        super(console);
    }

    @Override
    Keyset derive(Keyset present) {
        return present.withPrimaryOnly();
    }
}
