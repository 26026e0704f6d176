package io.hookline.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Confluent Schema Registry REST API, for Avro. One instance serves a whole process; thread-safe.
 *
 * <p>What a registry has once said of an id never changes, so it is remembered for good (up to a limit). That an id is unknown is
 * remembered for two seconds. After a failure of all addresses nobody asks for a second ({@link RegistryException.Unreachable}
 * at once meanwhile), so a stream may simply try again. At most 64 calls are under way, answers are cut off at 4 MiB, each
 * address has {@code http.read.timeout.ms} to answer in full.
 *
 * <p>Every method fails with a {@link RegistryException}, futures included; a blocked caller that is interrupted gets Kafka's
 * {@link InterruptException}. Settings: {@link RegistrySettings}.
 */
public final class SchemaRegistryClient implements AutoCloseable {
    private static final int SCHEMAS_MAX = 10_000;
    private static final long UNKNOWN_REMEMBERED_MS = 2_000;
    private static final long BACKOFF_MS = 1_000;

    private record Written(String subject, Schema schema) {}

    private record Unknown(long untilNanos, RegistryException why) {}

    private final RegistryConfig config;
    private final LongSupplier nanos;
    private final RegistryHttp http;
    private final SchemaReader reader;
    private final BoundedCache<Integer, Schema> byId;
    private final BoundedCache<Integer, Unknown> unknown;
    private final BoundedCache<Written, Integer> ids;
    private final ConcurrentMap<Integer, CompletableFuture<Schema>> fetching = new ConcurrentHashMap<>();

    /**
     * A client for the registry that {@code config} names. Connects to nothing yet.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the setting, its value and what it should be
     */
    public static SchemaRegistryClient create(Map<String, ?> config) {
        return new SchemaRegistryClient(RegistryConfig.of(config), System::nanoTime, SCHEMAS_MAX);
    }

    SchemaRegistryClient(RegistryConfig config, LongSupplier nanos, int schemasMax) {
        this.config = config;
        this.nanos = nanos;
        this.http = new RegistryHttp(config, nanos, BACKOFF_MS);
        this.reader = new SchemaReader(http);
        this.byId = new BoundedCache<>(schemasMax);
        this.unknown = new BoundedCache<>(schemasMax);
        this.ids = new BoundedCache<>(schemasMax);
    }

    /** The schema of an id if it is known here already. Never blocks, never asks. */
    public Optional<Schema> cached(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The schema of an id, asked for unless known. Never blocks; concurrent calls for one id share one question. Completes on the
     * HTTP client's threads: hand over to the event loop.
     */
    public CompletableFuture<Schema> fetch(int id) {
        Schema known = byId.get(id);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        Unknown no = unknown.get(id);
        if (no != null) {
            if (nanos.getAsLong() - no.untilNanos < 0) {
                return CompletableFuture.failedFuture(no.why);
            }
            unknown.remove(id, no);
        }
        CompletableFuture<Schema> mine = new CompletableFuture<>();
        CompletableFuture<Schema> theirs = fetching.putIfAbsent(id, mine);
        if (theirs != null) {
            return theirs.copy();
        }
        ask(id, mine);
        return mine.copy();
    }

    private void ask(int id, CompletableFuture<Schema> promise) {
        CompletableFuture<?> unused = http.ask("GET", "/schemas/ids/" + id, null, "schema id " + id, Answer::hasSchema)
                .thenCompose(answer -> reader.byId(id, answer))
                .whenComplete((schema, failure) -> remember(id, schema, failure))
                .whenComplete((schema, failure) -> {
                    fetching.remove(id, promise);
                    if (failure == null) {
                        promise.complete(schema);
                    } else {
                        promise.completeExceptionally(RegistryHttp.unwrap(failure));
                    }
                });
    }

    private void remember(int id, @Nullable Schema schema, @Nullable Throwable failure) {
        if (schema != null) {
            byId.put(id, schema);
        } else if (RegistryHttp.unwrap(failure) instanceof RegistryException why && why.poison()) {
            long until = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(UNKNOWN_REMEMBERED_MS);
            unknown.put(id, new Unknown(until, why));
        }
    }

    /** The schema of an id. Blocks unless it is cached. */
    public Schema byId(int id) {
        Schema known = byId.get(id);
        return known != null ? known : await(fetch(id));
    }

    /**
     * Registers a schema as the subject's next version, or finds it there, and says its id. Blocks unless it is cached.
     *
     * @throws RegistryException.Refused when it is incompatible with the versions before it
     */
    public int register(String subject, Schema schema) {
        Integer known = ids.get(new Written(subject, schema));
        if (known != null) {
            return known;
        }
        Answer answer = await(http.ask(
                "POST",
                versionsPath(subject) + normalize('?'),
                text(schema),
                "register a schema under " + quoted(subject),
                Answer::hasId));
        if (!answer.found()) {
            throw gone(answer, "register a schema under " + quoted(subject));
        }
        return remember(subject, schema, answer.number("id"));
    }

    /** The version under which exactly this schema is registered in the subject, if it is. Blocks. */
    public Optional<RegisteredSchema> lookup(String subject, Schema schema) {
        Answer answer = await(http.ask(
                "POST",
                "/subjects/" + encoded(subject) + normalize('?'),
                text(schema),
                "look a schema up under " + quoted(subject),
                Answer::isVersion));
        if (!answer.found()) {
            return Optional.empty();
        }
        int id = remember(subject, schema, answer.number("id"));
        return Optional.of(new RegisteredSchema(subject, answer.number("version"), id, schema));
    }

    /**
     * The id under which exactly this schema is registered in the subject. Blocks unless it is cached.
     *
     * @throws RegistryException.Refused when it is not registered there
     */
    public int registered(String subject, Schema schema) {
        Integer known = ids.get(new Written(subject, schema));
        return known != null
                ? known
                : lookup(subject, schema)
                        .map(RegisteredSchema::id)
                        .orElseThrow(() -> new RegistryException.Refused(
                                404,
                                "schema registry " + config.urls() + " has no such version of " + quoted(subject) + ": "
                                        + Answer.excerpt(schema.toString()) + ". Register it first, or set "
                                        + RegistrySettings.AUTO_REGISTER + "=true"));
    }

    /**
     * The id to write this schema with under the subject: {@link #register}, or where this client's {@code
     * auto.register.schemas} is false {@link #registered}. Blocks unless it is cached.
     */
    public int idFor(String subject, Schema schema) {
        return config.autoRegister() ? register(subject, schema) : registered(subject, schema);
    }

    /** The newest version of a subject, if there is one. Blocks; never cached. */
    public Optional<RegisteredSchema> latest(String subject) {
        return version(subject, "latest");
    }

    /** Version {@code version} (1 or more) of a subject, if there is one. Blocks; never cached. */
    public Optional<RegisteredSchema> version(String subject, int version) {
        return version(subject, Integer.toString(version));
    }

    private Optional<RegisteredSchema> version(String subject, String version) {
        String what = "version " + version + " of " + quoted(subject);
        Answer answer = await(http.ask("GET", versionsPath(subject) + "/" + version, null, what, Answer::isVersion));
        if (!answer.found()) {
            return Optional.empty();
        }
        int id = answer.number("id");
        Schema schema = await(reader.read(what, answer));
        byId.put(id, schema);
        return Optional.of(new RegisteredSchema(subject, answer.number("version"), id, schema));
    }

    /** The subject's version numbers, ascending; empty where the subject is unknown. Blocks; never cached. */
    public List<Integer> versions(String subject) {
        Answer answer = await(
                http.ask("GET", versionsPath(subject), null, "versions of " + quoted(subject), Answer::isNumbers));
        return answer.found() ? answer.numbers() : List.of();
    }

    /** No question is asked any more; what is cached can still be read. */
    @Override
    public void close() {
        http.close();
    }

    private int remember(String subject, Schema schema, int id) {
        ids.put(new Written(subject, schema), id);
        return id;
    }

    private static RegistryException gone(Answer answer, String what) {
        return new RegistryException.Refused(
                404,
                "schema registry " + answer.url() + " answered 404 to " + what + ": "
                        + Answer.excerpt(answer.body().toString()));
    }

    private static JsonNode text(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    private String normalize(char separator) {
        return config.normalize() ? separator + "normalize=true" : "";
    }

    private static String versionsPath(String subject) {
        return "/subjects/" + encoded(subject) + "/versions";
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }

    private static String quoted(String subject) {
        return "subject \"" + subject + '"';
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    /** The failure itself: it was made on another thread, but its kind and message are what callers act on. */
    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            return runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(cause);
    }
}
