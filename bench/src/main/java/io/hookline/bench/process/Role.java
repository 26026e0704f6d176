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
        PASS_THROUGH,
        BARE_CLIENT,
        PARALLEL_CONSUMER,
        SPRING_KAFKA,
        SHARE_GROUP;

        /** Whether it needs libraries that are not the distribution's. */
        boolean isPeer() {
            return this == PARALLEL_CONSUMER || this == SPRING_KAFKA;
        }

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
                case BARE_CLIENT -> new BareClientRole(settings);
                case PARALLEL_CONSUMER -> new ParallelConsumerRole(settings);
                case SPRING_KAFKA -> new SpringKafkaRole(settings);
                case SHARE_GROUP -> new ShareGroupRole(settings);
            };
        }
    }

    /** Said once it is ready; one line. */
    String greeting();

    /** Answers a question of the benchmark's, on the main thread; one line. */
    default String answer(String question) {
        throw new IllegalArgumentException("Nobody can answer '" + question + "'.");
    }

    @Override
    void close();
}
