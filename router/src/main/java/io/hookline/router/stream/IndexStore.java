package io.hookline.router.stream;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What Kafka Streams takes for the global store of subscriptions. It holds nothing: the routes, which the global processor keeps, are
 * the state. Not persistent, so that every start reads the topic from its beginning through the processor.
 */
final class IndexStore implements StateStore {
    static final String NAME = "subscriptions";

    private volatile boolean open;

    static StoreBuilder<IndexStore> builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {
            throw new IllegalStateException("Subscriptions are restored through their processor.");
        });
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private static final class Builder implements StoreBuilder<IndexStore> {
        @Override
        public StoreBuilder<IndexStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<IndexStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<IndexStore> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("A global store has no changelog.");
        }

        @Override
        public StoreBuilder<IndexStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public IndexStore build() {
            return new IndexStore();
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return NAME;
        }
    }
}
