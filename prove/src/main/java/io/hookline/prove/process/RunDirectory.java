package io.hookline.prove.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a run keeps everything: data of the brokers, settings, logs. Deleted at the end unless it is to be kept. */
public final class RunDirectory {
    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /** A new one below {@code java.io.tmpdir}. */
    public static RunDirectory create(String name) {
        try {
            return new RunDirectory(Files.createTempDirectory("hookline-prove-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the run can be made: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** A file in it. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Writes a file in it and returns its path. */
    public Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes it with all it holds. */
    public void delete() {
        List<Path> entries;
        try (Stream<Path> all = Files.walk(path)) {
            entries = all.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the run's directory " + path + " could not be deleted", e);
        }
    }
}
