package io.hookline.ops.cli;

import io.hookline.ops.kafka.OpsSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file that names the Kafka and the registry to use where a command line names none: {@code
 * $XDG_CONFIG_HOME/hookline/defaults.properties}, or the same below {@code ~/.config}. {@code hookline dev} writes it. Where the
 * environment has no home at all, nothing is remembered and nothing can be.
 */
public final class RememberedDefaults {
    /** What Java says where the user has no home directory. */
    private static final String NO_HOME = "?";

    private final @Nullable Path file;

    private RememberedDefaults(@Nullable Path file) {
        this.file = file;
    }

    public static RememberedDefaults of(Console console) {
        String configured = console.variable("XDG_CONFIG_HOME", value -> value);
        if (configured != null) {
            return below(Path.of(configured));
        }
        String home = console.variable("HOME", value -> value);
        String base = home != null ? home : System.getProperty("user.home", NO_HOME);
        return base.isBlank() || base.equals(NO_HOME) ? new RememberedDefaults(null) : below(Path.of(base, ".config"));
    }

    private static RememberedDefaults below(Path base) {
        return new RememberedDefaults(base.resolve("hookline").resolve("defaults.properties"));
    }

    /** The file, for messages. */
    public String place() {
        return file == null ? "(no file: neither HOME nor XDG_CONFIG_HOME is set)" : file.toString();
    }

    /** What is remembered; empty where nothing is. */
    public Map<String, String> load() {
        return file != null && Files.isRegularFile(file) ? read(file) : Map.of();
    }

    /**
     * What is remembered and missing in these settings. What belongs together stays together: a Kafka that is named and is not the
     * remembered one gets nothing, so no command ever uses the registry of one installation with the Kafka of another.
     */
    public Map<String, String> completing(Map<String, String> settings) {
        String named = settings.get(OpsSettings.BOOTSTRAP_SERVERS);
        if (named != null && settings.containsKey(OpsSettings.REGISTRY_URL)) {
            return Map.of();
        }
        Map<String, String> missing = new TreeMap<>(load());
        if (named != null && !addresses(named).equals(addresses(missing.get(OpsSettings.BOOTSTRAP_SERVERS)))) {
            return Map.of();
        }
        missing.keySet().removeAll(settings.keySet());
        return missing;
    }

    private static Set<String> addresses(@Nullable String servers) {
        return servers == null
                ? Set.of()
                : Arrays.stream(servers.split(",", -1))
                        .map(server -> server.strip().replaceFirst("^localhost:", "127.0.0.1:"))
                        .collect(Collectors.toSet());
    }

    /**
     * Remembers these settings instead of what was remembered; the file is replaced in one step, readable by its owner only.
     *
     * @throws UncheckedIOException where the file cannot be written; the message says which and why
     */
    public void save(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try {
            if (file == null) {
                throw new IOException("set HOME or XDG_CONFIG_HOME to a directory that can be written");
            }
            write(file, properties);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private static void write(Path file, Properties properties) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), "defaults", ".properties");
        try {
            try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                properties.store(writer, "The Kafka that hookline commands use unless told otherwise");
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * Forgets these settings; if others were remembered meanwhile, those stay.
     *
     * @throws UncheckedIOException where the file cannot be deleted
     */
    public void forget(Map<String, String> settings) {
        try {
            if (file != null && load().equals(settings)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed("delete", e);
        }
    }

    private UncheckedIOException failed(String what, IOException e) {
        return new UncheckedIOException(
                "Cannot " + what + " the file of remembered defaults " + place() + ": " + Failures.describe(e), e);
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
