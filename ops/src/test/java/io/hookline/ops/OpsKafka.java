package io.hookline.ops;

import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.topic.Topics;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.registry.DevRegistry;
import java.util.Map;

/** A corner of the shared Kafka with all topics of an installation, and a schema registry. */
public final class OpsKafka implements AutoCloseable {
    public final DevRegistry registry;
    public final String prefix;
    public final String servers;

    public OpsKafka(KafkaSpace space, int partitions) {
        this.prefix = space.prefix();
        this.servers = space.bootstrapServers();
        this.registry =
                DevRegistry.builder(servers).topic(space.name("_schemas")).start();
        if (partitions > 0) {
            try (KafkaConnection kafka = connect()) {
                new Topics(kafka).create(new TopicCatalogue(kafka.names(), partitions).pipeline(), 1, false);
            }
        }
    }

    public Map<String, String> settings() {
        return Map.of("bootstrap.servers", servers, "schema.registry.url", registry.url(), "topics.prefix", prefix);
    }

    public KafkaConnection connect() {
        return KafkaConnection.open(settings());
    }

    @Override
    public void close() {
        registry.close();
    }
}
