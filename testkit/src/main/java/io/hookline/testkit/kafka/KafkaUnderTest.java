package io.hookline.testkit.kafka;

/** A running Kafka that tests speak to only through its address, so that they do not know where it runs. Any thread. */
public interface KafkaUnderTest {

    /** {@code host:port}, as Kafka's {@code bootstrap.servers} wants it; constant for the life of this object. */
    String bootstrapServers();
}
