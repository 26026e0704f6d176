package io.hookline.bench.process;

import io.hookline.deliverer.Deliverer;
import java.util.Map;

/** A deliverer as it is shipped. Greets when it has been started; it may not own partitions yet. */
final class DelivererRole implements Role {
    private final Deliverer deliverer;

    DelivererRole(Map<String, String> settings) {
        deliverer = Deliverer.start(settings);
    }

    @Override
    public String greeting() {
        return "started";
    }

    @Override
    public void close() {
        deliverer.close();
    }
}
