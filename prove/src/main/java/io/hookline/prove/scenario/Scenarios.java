package io.hookline.prove.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All scenarios by name. */
public final class Scenarios {
    public static final String SHORT = "short";
    public static final String SOAK = "soak";

    private static final Map<String, Supplier<Scenario>> FIXED = new TreeMap<>(Map.of(
            SHORT,
            OneOfEach::new,
            "crash",
            Crash::new,
            "rebalance",
            Rebalance::new,
            "zombie",
            Zombie::new,
            "outage",
            Outage::new,
            "broker",
            Brokers::new,
            "herd",
            Herd::new));

    /** Planned, with what they wait for. */
    private static final Map<String, String> WAITING =
            Map.of("order", "deliverers do not keep the order of keys yet, so there is nothing to prove.");

    private Scenarios() {}

    /** Names of those that can run. */
    public static List<String> names() {
        List<String> names = new java.util.ArrayList<>(FIXED.keySet());
        names.add(SOAK);
        return names;
    }

    /** Why a scenario of that name cannot run yet; empty where it can, or is none. */
    public static Optional<String> whyNotYet(String name) {
        return Optional.ofNullable(WAITING.get(name));
    }

    /**
     * The scenario of that name.
     *
     * @param soak how long {@value #SOAK} lasts
     */
    public static Optional<Scenario> find(String name, Duration soak) {
        if (name.equals(SOAK)) {
            return Optional.of(new Soak(soak));
        }
        return Optional.ofNullable(FIXED.get(name)).map(Supplier::get);
    }
}
