package io.hookline.ops.command;

import io.hookline.deliverer.secret.Keyset;
import io.hookline.ops.cli.Console;
import picocli.CommandLine.Command;

/** {@code keyset add-key}. */
@Command(
        name = "add-key",
        description = {
            "Add a new key to a private keyset, with which secrets are encrypted from then on.",
            "Give the new private keyset to all deliverers first, then its public part to who writes subscriptions, then run 'subscriptions reencrypt'."
        },
        footer = {"", "Examples:", "  hookline keyset add-key keyset.json keyset-2.json"})
public final class KeysetAddKey extends KeysetFileCommand.Derived {
    public KeysetAddKey(Console console) {
        super(console);
    }

    @Override
    Keyset derive(Keyset present) {
        return present.withNewKey();
    }
}
