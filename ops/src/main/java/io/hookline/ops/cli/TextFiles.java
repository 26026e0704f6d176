package io.hookline.ops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole text files. */
public final class TextFiles {
    private static final int BYTES_MAX = 256 * 1024 * 1024;

    private TextFiles() {}

    /**
     * The text of a file.
     *
     * @param file its path, or {@code -} for standard input
     * @throws CommandException naming the file and why it cannot be read
     */
    public static String read(Console console, String file) {
        try (InputStream in = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new CommandException(
                        ExitCode.USAGE, file + " is larger than " + BYTES_MAX / (1024 * 1024) + " MiB: split it.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.USAGE, file + " is not UTF-8 text: save it as UTF-8.");
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, "Cannot read " + file + ": " + Failures.describe(e) + ".");
        }
    }
}
