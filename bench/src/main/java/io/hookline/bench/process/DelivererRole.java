package io.hookline.bench.process;

import io.hookline.deliverer.Deliverer;
import io.hookline.deliverer.reach.Reach;
import java.util.HashMap;
import java.util.Map;

/** A deliverer as it is shipped, but that it may connect to the sinks, which are on this machine. Greets when it has been started; it may not own partitions yet. */
final class DelivererRole implements Role {
    private static final Map<String, String> LOCAL_ENDPOINTS = Map.of(
            Reach.SCHEMES, "https,http",
            Reach.PORTS, "1-65535",
            Reach.NETWORKS, "127.0.0.0/8");

    private final Deliverer deliverer;

    DelivererRole(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(LOCAL_ENDPOINTS);
        all.putAll(settings);
        deliverer = Deliverer.start(all);
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
