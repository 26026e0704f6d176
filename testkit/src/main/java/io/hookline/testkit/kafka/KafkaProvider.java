package io.hookline.testkit.kafka;

/** A way to have a Kafka to test against, found by {@link java.util.ServiceLoader} and chosen by its name. */
public interface KafkaProvider {

    /** The value of the system property {@value SharedKafka#PROPERTY} that chooses this one. */
    String name();

    /**
     * Starts a Kafka that lives until the JVM ends and is cleaned up then.
     *
     * @throws KafkaUnavailableException quickly, if this machine has not what it takes
     */
    KafkaUnderTest start();
}
