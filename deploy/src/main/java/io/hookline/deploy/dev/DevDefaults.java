package io.hookline.deploy.dev;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.RememberedDefaults;
import io.hookline.ops.kafka.OpsSettings;
import io.hookline.ops.kafka.Reachability;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What one {@code dev} remembers for other commands while it runs. There is one file for all: the one that started last is found. When it
 * stops it takes away only what it wrote itself, and puts back what it had replaced if that still runs. One thread.
 */
final class DevDefaults {
    private final Console console;
    private final RememberedDefaults defaults;
    private Map<String, String> own = Map.of();
    private Map<String, String> replaced = Map.of();

    DevDefaults(Console console, RememberedDefaults defaults) {
        this.console = console;
        this.defaults = defaults;
    }

    /** Says whether other commands can find this Kafka by themselves; where they cannot, it runs all the same. */
    boolean remember(Map<String, String> connection) {
        try {
            Map<String, String> before = known();
            if (isRunning(before) && !before.equals(connection)) {
                replaced = before;
                console.warn("another 'hookline dev' still runs (Kafka: " + servers(before)
                        + "). Commands that name no Kafka now use this one, until it stops.");
            }
            defaults.save(connection);
            own = connection;
            return true;
        } catch (UncheckedIOException e) {
            console.warn(e.getMessage() + ". Other commands do not find this Kafka by themselves.");
            return false;
        }
    }

    /** Takes back what {@link #remember} wrote, unless another has written since. */
    void forget() {
        try {
            if (own.isEmpty() || !known().equals(own)) {
                return;
            }
            if (isRunning(replaced)) {
                defaults.save(replaced);
                console.say("Commands that name no Kafka use the one at " + servers(replaced) + " again.");
            } else {
                defaults.forget(own);
            }
        } catch (UncheckedIOException e) {
            console.warn(String.valueOf(e.getMessage()));
        }
    }

    /** A file that cannot be read is no other's entry. */
    private Map<String, String> known() {
        try {
            return defaults.load();
        } catch (CommandException e) {
            return Map.of();
        }
    }

    private static boolean isRunning(Map<String, String> entry) {
        String servers = servers(entry);
        return !servers.isBlank() && Reachability.isAnswering(servers);
    }

    private static String servers(Map<String, String> entry) {
        return entry.getOrDefault(OpsSettings.BOOTSTRAP_SERVERS, "");
    }
}
