package io.hookline.ops.command;

import com.google.crypto.tink.Aead;
import io.hookline.deliverer.secret.Keyset;
import io.hookline.deliverer.secret.SecretSettings;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.CommonOptions;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that reads one keyset file and writes another; it never overwrites one. */
abstract class KeysetFileCommand implements Callable<Integer> {
    final Console console;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--wrapping-key",
            paramLabel = "URI",
            description =
                    "Key that private keyset files are encrypted with: file:/path (32 bytes in base 64), or a KMS's own URI.")
    @Nullable
    String wrappingKey;

    KeysetFileCommand(Console console) {
        this.console = console;
    }

    /** One that makes a keyset of another. */
    abstract static class Derived extends KeysetFileCommand {
        @Parameters(index = "0", paramLabel = "FROM", description = "File with the present private keyset.")
        String from = "";

        @Parameters(index = "1", paramLabel = "TO", description = "File to write; it must not exist.")
        String to = "";

        Derived(Console console) {
            super(console);
        }

        @Override
        public final Integer call() {
            return write(to, derive(read()));
        }

        private Keyset read() {
            try {
                Keyset keyset = Keyset.parse(Files.readString(Path.of(from)), wrapping());
                if (!keyset.canOpen()) {
                    throw new CommandException(
                            ExitCode.USAGE, from + " has public keys only: the private keyset is needed.");
                }
                return keyset;
            } catch (IOException e) {
                throw new CommandException(ExitCode.USAGE, "Cannot read " + from + ": " + e);
            } catch (IllegalArgumentException e) {
                throw new CommandException(ExitCode.USAGE, from + " cannot be used: " + e.getMessage() + ".");
            }
        }

        abstract Keyset derive(Keyset present);
    }

    @Nullable
    Aead wrapping() {
        try {
            return wrappingKey == null ? null : SecretSettings.wrapping(wrappingKey);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--wrapping-key cannot be used: " + e.getMessage() + ".");
        }
    }

    /** A private keyset can be read by its owner only. */
    int write(String file, Keyset keyset) {
        Path path = Path.of(file);
        String json = keyset.json(wrapping());
        try (var channel = Files.newByteChannel(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(keyset))) {
            channel.write(StandardCharsets.UTF_8.encode(json));
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(ExitCode.CONFLICT, file + " exists and is not overwritten: name another file.");
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "Cannot write " + file + ": " + e);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file);
        facts.put("kind", keyset.canOpen() ? "private" : "public");
        facts.put("primaryKey", keyset.primaryId());
        facts.put("keys", keyset.ids());
        if (common.json()) {
            console.json(facts);
        } else {
            console.line(file + ": " + facts.get("kind") + " keyset of " + keyset.ids() + ", key " + keyset.primaryId()
                    + " encrypts");
        }
        return ExitCode.OK;
    }

    private static FileAttribute<?>[] attributes(Keyset keyset) {
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return keyset.canOpen() && isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
