package io.hookline.deliverer.loop;

import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has schemas fetched that records need, away from the loop. A schema that the registry does not have is poison from then on; a registry that
 * does not answer is asked again, but not more often than twice a second for one schema.
 */
final class SchemaFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaFetcher.class);
    private static final long PAUSE_MS = 500;
    private static final int REMEMBERED_MAX = 10_000;

    private sealed interface State {
        record Asked(long atMs) implements State {}

        record Poison() implements State {}
    }

    private final SchemaRegistryClient registry;
    private final Mailbox mailbox;
    private final Map<Integer, State> states = new ConcurrentHashMap<>();

    SchemaFetcher(SchemaRegistryClient registry, Mailbox mailbox) {
        this.registry = registry;
        this.mailbox = mailbox;
    }

    boolean isPoison(int schemaId) {
        return states.get(schemaId) instanceof State.Poison;
    }

    /** Whether it is there. */
    boolean isKnown(int schemaId) {
        return registry.cached(schemaId).isPresent();
    }

    /** Has it fetched, unless it was asked for just now; a {@link Signal.SchemaSettled} follows. */
    @SuppressWarnings("FutureReturnValueIgnored") // settled() has it
    void want(int schemaId) {
        long nowMs = Uptime.ms();
        State state = states.get(schemaId);
        boolean isRecent = state instanceof State.Asked asked && nowMs - asked.atMs() < PAUSE_MS;
        if (isRecent || state instanceof State.Poison) {
            return;
        }
        if (states.size() >= REMEMBERED_MAX) {
            states.clear();
        }
        states.put(schemaId, new State.Asked(nowMs));
        registry.fetch(schemaId).whenComplete((schema, failure) -> settled(schemaId, failure));
    }

    private void settled(int schemaId, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RegistryException refusal && refusal.poison()) {
            states.put(schemaId, new State.Poison());
        }
        if (cause != null) {
            LOG.warn("schema {} not fetched: {}", schemaId, cause.getMessage());
        }
        mailbox.put(new Signal.SchemaSettled(schemaId));
    }
}
