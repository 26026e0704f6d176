package io.hookline.testkit.kafka;

import java.time.Duration;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Kafka in a container, with the same server properties as the embedded one. The image is named by the system property
 * {@value #IMAGE_PROPERTY}; Testcontainers stops the container when the JVM ends.
 */
public final class ContainerKafka implements KafkaProvider {
    static final String IMAGE_PROPERTY = "hookline.test.kafka.image";

    private static final String OFFICIAL = "apache/kafka";
    private static final Duration STARTUP_MAX = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "testcontainers";
    }

    @Override
    @SuppressWarnings("resource") // lives until the JVM ends
    public KafkaUnderTest start() {
        DockerEngine.whyAbsent(System.getenv(), System.getProperty("user.home")).ifPresent(why -> {
            throw new KafkaUnavailableException("no Docker engine answers, so nothing is tested against Kafka in a"
                    + " container; looked for at " + why);
        });
        String image = System.getProperty(IMAGE_PROPERTY, OFFICIAL + ":latest");
        KafkaContainer container =
                new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(OFFICIAL));
        BrokerProperties.defaults()
                .forEach((key, value) -> container.withEnv(
                        "KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        container.withStartupTimeout(STARTUP_MAX).start();
        String address = container.getBootstrapServers();
        return () -> address;
    }
}
