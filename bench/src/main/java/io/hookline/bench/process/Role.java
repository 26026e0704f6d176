package io.hookline.bench.process;

import java.util.List;
import java.util.Map;

/** What a process is there for. */
public interface Role extends AutoCloseable {
    /** The roles there are. */
    enum Kind {
        BROKER,
        ROUTER,
        DELIVERER,
        PASS_THROUGH;

        /** As the launcher starts services; a broker has a fixed heap, since it must not take what the others need. */
        List<String> jvmOptions() {
            return this == BROKER
                    ? List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx1g")
                    : List.of("-XX:+UseG1GC", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError");
        }

        Role start(Map<String, String> settings) throws Exception {
            return switch (this) {
                case BROKER -> new BrokerRole(settings);
                case ROUTER -> new RouterRole(settings);
                case DELIVERER -> new DelivererRole(settings);
                case PASS_THROUGH -> new PassThroughRole(settings);
            };
        }
    }

    /** Said once it is ready; one line. */
    String greeting();

    @Override
    void close();
}
