package io.hookline.ops.emit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where lines come from, so that they can be read twice.
 *
 * @param name for messages
 * @param opener gives the bytes from the beginning
 */
public record EventSource(String name, Opener opener) {

    /** Opens the source. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** A file. */
    public static EventSource file(Path file) {
        return new EventSource(file.toString(), () -> Files.newInputStream(file));
    }

    /** A text of one line. */
    public static EventSource text(String name, String text) {
        return new EventSource(name, () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A stream that can be read once, as it comes. */
    public static EventSource once(String name, InputStream in) {
        return new EventSource(name, () -> in);
    }

    /** A stream that can be read once, kept in a temporary file that is deleted when the process ends. */
    public static EventSource spooled(String name, InputStream in) {
        try {
            Path file = Files.createTempFile("hookline-emit", ".ndjson");
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return new EventSource(name, () -> Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep " + name + " in a temporary file: " + e.getMessage(), e);
        }
    }
}
