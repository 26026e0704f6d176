package io.hookline.bench.process;

import io.hookline.testkit.kafka.EmbeddedKafka;
import java.util.Map;

/** A Kafka of one node; its settings are server properties. Greets with its address. */
final class BrokerRole implements Role {
    private final EmbeddedKafka kafka;

    BrokerRole(Map<String, String> settings) {
        EmbeddedKafka.Builder builder = EmbeddedKafka.builder();
        settings.forEach(builder::serverProperty);
        kafka = builder.start();
    }

    @Override
    public String greeting() {
        return kafka.bootstrapServers();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
