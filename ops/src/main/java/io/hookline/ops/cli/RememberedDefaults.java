package io.hookline.ops.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The file that names the Kafka to use where a command line names none: {@code $XDG_CONFIG_HOME/hookline/defaults.properties}, or the
 * same below {@code ~/.config}. {@code hookline dev} writes it.
 */
public final class RememberedDefaults {
    private final Path file;

    private RememberedDefaults(Path file) {
        this.file = file;
    }

    public static RememberedDefaults of(Console console) {
        String configured = console.variable("XDG_CONFIG_HOME", value -> value);
        String home = console.variable("HOME", value -> value);
        Path base = configured != null
                ? Path.of(configured)
                : Path.of(home != null ? home : System.getProperty("user.home", "."), ".config");
        return new RememberedDefaults(base.resolve("hookline").resolve("defaults.properties"));
    }

    public Path file() {
        return file;
    }

    /** What is remembered; empty where nothing is. */
    public Map<String, String> load() {
        return Files.isRegularFile(file) ? read(file) : Map.of();
    }

    /** Remembers these settings instead of what was remembered; the file is replaced in one step, readable by its owner only. */
    public void save(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "defaults", ".properties");
            try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                properties.store(writer, "The Kafka that hookline commands use unless told otherwise");
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Forgets. */
    public void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a properties file. */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "Cannot read the settings file " + file + ": " + Failures.describe(e));
        }
        Map<String, String> settings = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> settings.put(name, properties.getProperty(name).strip()));
        return settings;
    }
}
