package io.hookline.deliverer.render;

import io.hookline.schemas.registry.RegisteredSchema;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.GenericAvro;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Readers for the versions of schemas that subscriptions were built against. A version never changes, so it is asked for once, on a thread of
 * its own; that there is none is believed for a while. Any thread; only that thread blocks.
 */
final class PinnedSchemas {
    private static final int KEPT_MAX = 10_000;
    private static final long NONE_BELIEVED_NS = TimeUnit.SECONDS.toNanos(30);

    private final SchemaRegistryClient registry;
    private final LongSupplier nanos;
    private final Map<Key, Found> known = new ConcurrentHashMap<>();
    private final Map<Key, CompletableFuture<Found>> asked = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor asking;

    private record Key(String topic, String record, int version) {}

    /** What the registry said. */
    sealed interface Found {
        /** Reads events as that version. */
        record Reader(GenericAvro avro) implements Found {}

        /** There is no such version. */
        record None(String detail, long untilNs) implements Found {}

        /** It did not say. */
        record Silence(String detail) implements Found {}
    }

    PinnedSchemas(SchemaRegistryClient registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
        this.asking = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "hookline-pinned-schemas");
            thread.setDaemon(true);
            return thread;
        });
        asking.allowCoreThreadTimeOut(true);
    }

    /** The reader for {@code version} of the event type whose events are in {@code topic}, if it is known. */
    @Nullable
    Found known(String topic, Schema writer, int version) {
        Key key = new Key(topic, writer.getFullName(), version);
        Found found = known.get(key);
        if (found instanceof Found.None none && nanos.getAsLong() - none.untilNs() > 0) {
            known.remove(key, none);
            return null;
        }
        return found;
    }

    /** Asks for it, unless it is being asked for. Never fails. */
    CompletableFuture<Found> ask(String topic, Schema writer, int version) {
        Key key = new Key(topic, writer.getFullName(), version);
        return asked.computeIfAbsent(
                        key,
                        absent -> CompletableFuture.supplyAsync(() -> find(key), asking)
                                .whenComplete((found, failure) -> settle(key, found)))
                .copy();
    }

    private void settle(Key key, @Nullable Found found) {
        if (known.size() >= KEPT_MAX) {
            known.clear();
        }
        if (found != null && !(found instanceof Found.Silence)) {
            known.put(key, found);
        }
        asking.execute(() -> asked.remove(key));
    }

    /** Looks under the subjects that Confluent's naming strategies give, the usual one first. Blocks. */
    private Found find(Key key) {
        List<String> subjects = List.of(key.topic() + "-value", key.record(), key.topic() + "-" + key.record());
        try {
            for (String subject : subjects) {
                Optional<RegisteredSchema> schema = registry.version(subject, key.version());
                if (schema.isPresent()) {
                    return new Found.Reader(
                            GenericAvro.reading(registry, schema.get().schema()));
                }
            }
        } catch (RegistryException e) {
            String why = "the schema registry does not say what version " + key.version() + " of " + subjects.get(0)
                    + " is: " + e.getMessage();
            return e.poison() ? none(why) : new Found.Silence(why);
        } catch (RuntimeException e) {
            return new Found.Silence("version " + key.version() + " of " + subjects.get(0) + ": " + e);
        }
        return none("the schema registry has no version " + key.version() + " of any of " + String.join(", ", subjects)
                + ", which the subscription asks for in schemaVersions");
    }

    private Found none(String why) {
        return new Found.None(why, nanos.getAsLong() + NONE_BELIEVED_NS);
    }
}
