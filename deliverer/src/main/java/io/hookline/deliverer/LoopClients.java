package io.hookline.deliverer;

import io.hookline.schemas.config.Settings;
import io.hookline.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the Kafka clients of one loop are made with: what suits a deliverer, then what whoever runs it has set, then what correctness rests on and
 * is not open to choice.
 *
 * @param settings of the deliverer
 * @param group the deliverers' group
 * @param name of the loop
 * @param transactionalId of its producer
 */
record LoopClients(Settings settings, String group, String name, String transactionalId) {
    private static final int SESSION_TIMEOUT_MS = 10_000;
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;
    private static final int SIDE_FETCH_BYTES = 64 * 1024;

    /** About one batch: what waits of one subscription may lie far apart. */
    private static final int RECALL_FETCH_BYTES = 16 * 1024;

    /** A partition that is resumed waits for the fetch under way to end: with Kafka's 500 ms, that long a retry would be late. */
    private static final int FETCH_WAIT_MS = 100;

    /** The consumer that decides which partitions are the loop's. */
    Map<String, Object> groupConsumer() {
        Map<String, Object> config = consumer(
                name,
                Map.of(
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        SESSION_TIMEOUT_MS,
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        SESSION_TIMEOUT_MS / 4));
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return config;
    }

    /** The consumer that reads everything else of those partitions. */
    Map<String, Object> sideConsumer() {
        return consumer(name + "-side", Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, SIDE_FETCH_BYTES));
    }

    /** The consumer that reads parked records again. */
    Map<String, Object> recallConsumer() {
        return consumer(name + "-recall", Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, RECALL_FETCH_BYTES));
    }

    private Map<String, Object> consumer(String clientId, Map<String, Object> suits) {
        Map<String, Object> config = new HashMap<>(suits);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        config.putAll(settings.client(Settings.CONSUMER));
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return config;
    }

    Map<String, Object> producer() {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.putAll(settings.client(Settings.PRODUCER));
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicCatalogue.RECORD_BYTES_MAX);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, name);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }
}
