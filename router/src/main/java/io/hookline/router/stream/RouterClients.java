package io.hookline.router.stream;

import io.hookline.router.schema.GatedConsumer;
import io.hookline.router.schema.SchemaLookup;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka clients of one Streams client: main consumers that wait for schemas, and producers whose transactional id stays the same
 * over restarts where the instance id does. Streams makes that id of a random process id, and then the transaction that a killed router
 * left open holds back every reader until it times out; with the same id the next start ends it.
 */
public final class RouterClients implements KafkaClientSupplier {
    private final SchemaLookup schemas;
    private final Optional<String> transactionalIdStart;
    private volatile @Nullable Consumer<byte[], byte[]> global;

    /**
     * @param transactionalIdStart before the thread's number in the producers' transactional ids; empty leaves them to Streams
     */
    public RouterClients(SchemaLookup schemas, Optional<String> transactionalIdStart) {
        this.schemas = schemas;
        this.transactionalIdStart = transactionalIdStart;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        if (config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG) instanceof String given) {
            String thread = given.substring(given.lastIndexOf('-') + 1);
            transactionalIdStart.ifPresent(
                    start -> config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, start + "-" + thread));
        }
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new GatedConsumer(config, schemas);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        KafkaConsumer<byte[], byte[]> consumer = new GlobalConsumer(config);
        global = consumer;
        return consumer;
    }

    /** Ends a restore that waits for the cluster, so that its Streams client can be closed. Any thread. */
    public void wakeupGlobal() {
        Consumer<byte[], byte[]> consumer = global;
        if (consumer != null) {
            consumer.wakeup();
        }
    }
}
