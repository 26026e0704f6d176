package io.hookline.prove.evidence;

import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.TopicNames;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics of one installation, to be read. */
final class Topics implements AutoCloseable {
    private final String bootstrapServers;
    private final SchemaRegistryClient registry;

    Topics(Map<String, String> connection) {
        this.bootstrapServers = String.valueOf(connection.get("bootstrap.servers"));
        this.registry = SchemaRegistryClient.create(
                Map.of("schema.registry.url", String.valueOf(connection.get("schema.registry.url"))));
    }

    static TopicNames names() {
        return TopicNames.DEFAULT;
    }

    SchemaRegistryClient registry() {
        return registry;
    }

    TopicReader reader(String topic) {
        return new TopicReader(bootstrapServers, topic);
    }

    <T extends SpecificRecord> RecordCodec<T> codec(Class<T> type) {
        return RecordCodec.of(type, registry);
    }

    /** Everything that is committed in it. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (TopicReader reader = reader(topic)) {
            reader.readAll(each);
        }
    }

    /** Everything that is committed in it, decoded; records without value are left out. */
    <T extends SpecificRecord> void read(
            String topic, Class<T> type, BiConsumer<T, ConsumerRecord<byte[], byte[]>> each) {
        RecordCodec<T> codec = codec(type);
        read(topic, record -> {
            if (record.value() != null) {
                each.accept(codec.decodeBlocking(record.value()), record);
            }
        });
    }

    @Override
    public void close() {
        registry.close();
    }
}
