package io.hookline.bench.kafka;

import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.testkit.registry.DevRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** A broker in its own process and a schema registry in this one, and everything that is added, closed in the reverse order. */
public final class Stage implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Child broker;
    private final DevRegistry registry;

    /** Starts both. Blocks for some seconds. */
    public Stage() {
        broker = add(Child.startReady(Role.Kind.BROKER, Map.of()));
        registry = add(DevRegistry.start(broker.greeting()));
    }

    public String bootstrapServers() {
        return broker.greeting();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** The broker's own consumption. */
    public Child broker() {
        return broker;
    }

    /** Closes {@code part} with the stage. */
    public <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Closes all of it, whatever fails. */
    @Override
    public void close() {
        Exception first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new IllegalStateException(
                    "Something of the benchmark's could not be closed: " + first.getMessage(), first);
        }
    }
}
