package io.hookline.router.schema;

import io.hookline.router.route.Schemas;
import io.hookline.router.route.UnknownSchemaException;
import io.hookline.router.stop.Closing;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * Asks the registry for the schemas of events, at most {@value #ASKED_AT_ONCE_MAX} at once, and remembers what is not there.
 *
 * <p>A registry of several nodes may not know at once what another node has just registered. So an id counts as unknown only when the
 * registry has said so twice, {@value #SETTLE_MS} ms apart; that is then believed for {@value #POISON_MS} ms. Where the registry does not
 * answer, it is asked again every {@value #RETRY_MS} ms, for as long as somebody wants to know.
 */
public final class SchemaLookup implements Schemas {
    static final long SETTLE_MS = 2_500;
    static final long RETRY_MS = 500;
    static final long POISON_MS = 60_000;
    static final int ASKED_AT_ONCE_MAX = 32;
    private static final int REMEMBERED_MAX = 10_000;
    private static final Duration STEP = Duration.ofMillis(50);

    /** Where schemas come from: the registry's client, but for tests. */
    interface Source {
        Optional<Schema> cached(int id);

        CompletableFuture<Schema> fetch(int id);
    }

    private final Source source;
    private final LongSupplier nowMs;
    private final Closing closing;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<Integer, Question> questions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Question> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    SchemaLookup(Source source, LongSupplier nowMs, Closing closing) {
        this.source = source;
        this.nowMs = nowMs;
        this.closing = closing;
    }

    /**
     * @param closing ends the waiting in {@link #require}
     */
    public static SchemaLookup of(SchemaRegistryClient registry, Closing closing) {
        Source source = new Source() {
            @Override
            public Optional<Schema> cached(int id) {
                return registry.cached(id);
            }

            @Override
            public CompletableFuture<Schema> fetch(int id) {
                return registry.fetch(id);
            }
        };
        return new SchemaLookup(source, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), closing);
    }

    /** What is known of that id. Never blocks; asks the registry where that may bring news. */
    public SchemaAnswer ask(int id) {
        Optional<Schema> known = source.cached(id);
        return known.isPresent() ? new SchemaAnswer.Known(known.get()) : askAnew(id);
    }

    /** Completes when what is under way about that id has been answered, whatever the answer; at once where nothing is under way. */
    public synchronized CompletableFuture<?> answered(int id) {
        Question question = questions.get(id);
        CompletableFuture<Schema> asked = question == null ? null : question.asked();
        return asked == null ? CompletableFuture.completedFuture(null) : asked.handle((schema, failure) -> id);
    }

    /**
     * Blocks while the answer is pending, which is rare: a {@link GatedConsumer} holds events back until it is not.
     *
     * @throws io.hookline.router.stop.ClosingException when the router closes meanwhile
     */
    @Override
    public Schema require(int id) throws UnknownSchemaException {
        while (true) {
            SchemaAnswer answer = ask(id);
            if (answer instanceof SchemaAnswer.Known known) {
                return known.schema();
            }
            if (answer instanceof SchemaAnswer.Poison poison) {
                throw new UnknownSchemaException(poison.why());
            }
            closing.pause(STEP, "waiting for schema id " + id + ", " + answer);
        }
    }

    private synchronized SchemaAnswer askAnew(int id) {
        Question question = questions.computeIfAbsent(id, i -> new Question());
        SchemaAnswer answer = question.look(nowMs.getAsLong(), underWay.get() < ASKED_AT_ONCE_MAX, () -> fetch(id));
        if (answer instanceof SchemaAnswer.Known) {
            questions.remove(id);
        }
        return answer;
    }

    private CompletableFuture<Schema> fetch(int id) {
        underWay.incrementAndGet();
        return source.fetch(id).whenComplete((schema, failure) -> underWay.decrementAndGet());
    }
}
