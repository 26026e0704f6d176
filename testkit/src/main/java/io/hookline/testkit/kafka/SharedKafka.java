package io.hookline.testkit.kafka;

import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The one Kafka that all tests of this JVM share, started at the first call and stopped when the JVM ends. Which kind is said by
 * the system property {@value #PROPERTY}: {@code embedded} (default) or {@code testcontainers} (with the Maven profile of that name).
 */
public final class SharedKafka {
    /** Names the kind of Kafka to test against. */
    public static final String PROPERTY = "hookline.test.kafka";

    private static final String EMBEDDED = "embedded";

    private static @Nullable KafkaUnderTest running;
    private static @Nullable String unavailable;

    private SharedKafka() {}

    /**
     * Any thread; the first call blocks while it starts.
     *
     * @throws KafkaUnavailableException if this machine cannot run the chosen kind (at once on every later call)
     * @throws IllegalArgumentException if the property names no known kind
     */
    public static synchronized KafkaUnderTest get() {
        if (unavailable != null) {
            throw new KafkaUnavailableException(unavailable);
        }
        KafkaUnderTest kafka = running;
        if (kafka == null) {
            kafka = startChosen(System.getProperty(PROPERTY, EMBEDDED));
            running = kafka;
        }
        return kafka;
    }

    private static KafkaUnderTest startChosen(String kind) {
        try {
            return kind.equals(EMBEDDED) ? startEmbedded() : provider(kind).start();
        } catch (KafkaUnavailableException e) {
            unavailable = e.getMessage();
            throw e;
        }
    }

    private static KafkaUnderTest startEmbedded() {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "embedded-kafka-close"));
        return kafka;
    }

    private static KafkaProvider provider(String kind) {
        List<KafkaProvider> found = ServiceLoader.load(KafkaProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return found.stream()
                .filter(provider -> provider.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("system property " + PROPERTY + "=" + kind
                        + " names no known Kafka to test against; known: embedded"
                        + found.stream().map(p -> ", " + p.name()).reduce("", String::concat)
                        + ". For testcontainers build with -Ptestcontainers."));
    }
}
