package io.hookline.ops.command;

import io.hookline.deliverer.secret.Keyset;
import io.hookline.ops.cli.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keyset create}. */
@Command(
        name = "create",
        description = {
            "Make a private keyset of one new key.",
            "Deliverers name its file as secrets.keyset.file; who only writes subscriptions gets 'keyset public' of it. Whoever has the private one"
                    + " can read every secret: encrypt the file with --wrapping-key, or leave it to what mounts secrets."
        },
        footer = {
            "",
            "Examples:",
            "  hookline keyset create keyset.json",
            "  hookline keyset create keyset.json --wrapping-key file:/run/secrets/wrapping-key"
        })
public final class KeysetCreate extends KeysetFileCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "File to write; it must not exist.")
    String file = "";

    public KeysetCreate(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        return write(file, Keyset.generate());
    }
}
