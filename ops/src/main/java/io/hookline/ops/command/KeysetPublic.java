package io.hookline.ops.command;

import io.hookline.deliverer.secret.Keyset;
import io.hookline.ops.cli.Console;
import picocli.CommandLine.Command;

/** {@code keyset public}. */
@Command(
        name = "public",
        description = {
            "Write the public part of a keyset, for who writes subscriptions: it encrypts and cannot decrypt."
        },
        footer = {"", "Examples:", "  hookline keyset public keyset.json keyset-public.json"})
public final class KeysetPublic extends KeysetFileCommand.Derived {
    public KeysetPublic(Console console) {
        super(console);
    }

    @Override
    Keyset derive(Keyset present) {
        return present.publicOnly();
    }
}
