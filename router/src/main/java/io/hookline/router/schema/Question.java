package io.hookline.router.schema;

import io.hookline.schemas.registry.RegistryException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of asking for one schema id. Not safe for several threads.
 *
 * <pre>
 *   due ──ask──► asked ──schema──► known
 *    ▲             │──no answer───► due again after RETRY_MS
 *    │             │──no such id, said for the first time──► due again after SETTLE_MS
 *    └─POISON_MS───│──no such id, said again──► poison
 * </pre>
 */
final class Question {
    private static final long NEVER = Long.MIN_VALUE;

    private @Nullable CompletableFuture<Schema> asked;
    private long askedAtMs = NEVER;
    private long refusedAtMs = NEVER;
    private long dueMs = NEVER;
    private long poisonUntilMs = NEVER;
    private String why = "it is not asked for yet";

    /** What is known at {@code now}; asks where it is time to and {@code mayAsk}. */
    SchemaAnswer look(long now, boolean mayAsk, Supplier<CompletableFuture<Schema>> ask) {
        CompletableFuture<Schema> answer = asked;
        if (answer != null && answer.isDone()) {
            asked = null;
            try {
                return new SchemaAnswer.Known(answer.join());
            } catch (CompletionException | CancellationException e) {
                failed(e.getCause() == null ? e : e.getCause(), now);
            }
        }
        if (poisonUntilMs > now) {
            return new SchemaAnswer.Poison(why);
        }
        if (asked == null && mayAsk && dueMs <= now) {
            askedAtMs = now;
            asked = ask.get();
        }
        return new SchemaAnswer.Pending(why);
    }

    /** What is under way, if anything is. */
    @Nullable
    CompletableFuture<Schema> asked() {
        return asked;
    }

    private void failed(Throwable failure, long now) {
        why = String.valueOf(failure.getMessage());
        if (!(failure instanceof RegistryException refusal && refusal.poison())) {
            dueMs = now + SchemaLookup.RETRY_MS;
        } else if (refusedAtMs == NEVER) {
            refusedAtMs = askedAtMs;
            dueMs = askedAtMs + SchemaLookup.SETTLE_MS;
        } else if (askedAtMs - refusedAtMs >= SchemaLookup.SETTLE_MS) {
            poisonUntilMs = now + SchemaLookup.POISON_MS;
            refusedAtMs = NEVER;
            dueMs = poisonUntilMs;
        } else {
            dueMs = refusedAtMs + SchemaLookup.SETTLE_MS;
        }
    }
}
