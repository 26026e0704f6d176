package io.hookline.router;

import io.hookline.schemas.config.Settings;
import io.hookline.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Makes the settings of a Streams client: what the user gave, then what the router stands on. */
final class StreamsSettings {
    /** Room for what a record needs besides its value. */
    static final int OVERHEAD_BYTES = 64 * 1024;

    /** How long a thread waits for events before it looks whether there is something to commit. */
    private static final int POLL_MS = 2;

    /**
     * How long the broker keeps a fetch of subscriptions that finds nothing new. Partitions are restored one after the other, and the fetch that
     * waits at the end of one holds up the first of the next: with Kafka's 500 ms, 32 partitions would take 16 seconds however little is in them.
     */
    private static final int GLOBAL_FETCH_WAIT_MS = 20;

    private static final int HEARTBEATS_PER_SESSION = 5;

    private StreamsSettings() {}

    /**
     * @param instanceId unique among running routers
     * @param isStatic whether the id stays the same over restarts
     */
    static Properties of(RouterSettings settings, String instanceId, boolean isStatic) {
        Map<String, Object> all = new HashMap<>();
        settings.client(Settings.CONSUMER).forEach((key, value) -> all.put(StreamsConfig.consumerPrefix(key), value));
        settings.client(Settings.PRODUCER).forEach((key, value) -> all.put(StreamsConfig.producerPrefix(key), value));
        settings.client(Settings.ADMIN).forEach((key, value) -> {
            all.put(StreamsConfig.adminClientPrefix(key), value);
            all.put(key, value);
        });
        putOwn(all, settings, instanceId);
        putConsumer(all, settings, isStatic ? instanceId : "");
        putProducer(all, settings);
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private static void putOwn(Map<String, Object> all, RouterSettings settings, String instanceId) {
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.names().routerGroup());
        all.put(StreamsConfig.CLIENT_ID_CONFIG, settings.names().routerGroup() + "-" + instanceId);
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.integer(RouterSettings.THREADS));
        all.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                settings.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        int commitMs = settings.integer(RouterSettings.COMMIT_INTERVAL_MS);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMs);
        all.put(StreamsConfig.POLL_MS_CONFIG, Math.min(POLL_MS, commitMs));
        // Topics are not joined: a task never waits for one of them, least of all for one that waits for a schema.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        all.put("processing.exception.handler.global.enabled", true);
    }

    private static void putConsumer(Map<String, Object> all, RouterSettings settings, String staticId) {
        int sessionMs = settings.integer(RouterSettings.SESSION_TIMEOUT_MS);
        main(all, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionMs);
        main(all, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionMs / HEARTBEATS_PER_SESSION);
        main(all, CommonClientConfigs.METADATA_MAX_AGE_CONFIG, settings.integer(RouterSettings.METADATA_REFRESH_MS));
        if (!staticId.isEmpty()) {
            main(all, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, staticId);
        }
        all.put(StreamsConfig.globalConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), GLOBAL_FETCH_WAIT_MS);
        // With at_least_once too: neither an event nor a subscription that was aborted may have an effect.
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    }

    private static void putProducer(Map<String, Object> all, RouterSettings settings) {
        all.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        all.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "1");
        all.putIfAbsent(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                TopicCatalogue.RECORD_BYTES_MAX + OVERHEAD_BYTES);
        if (settings.exactlyOnce()) {
            all.put(
                    StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                    settings.integer(RouterSettings.TRANSACTION_TIMEOUT_MS));
        }
    }

    private static void main(Map<String, Object> all, String key, Object value) {
        all.put(StreamsConfig.mainConsumerPrefix(key), value);
    }
}
