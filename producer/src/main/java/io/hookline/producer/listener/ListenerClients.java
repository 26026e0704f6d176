package io.hookline.producer.listener;

import io.hookline.schemas.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a listener gives to Kafka's clients, and which of the given settings it cannot have. */
final class ListenerClients {
    /** An open transaction of a process that died holds readers of its results back for so long. */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    private static final int POLL_RECORDS_MAX = 100;

    private ListenerClients() {}

    /** What is wrong with the given ones. */
    static List<String> problems(Settings settings) {
        Map<String, Object> consumer = settings.client(Settings.CONSUMER);
        Map<String, Object> producer = settings.client(Settings.PRODUCER);
        List<String> problems = new ArrayList<>();
        refuse(
                consumer,
                ConsumerConfig.GROUP_ID_CONFIG,
                "the group is named for " + ListenerSettings.SERVICE,
                problems);
        refuse(consumer, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "keys are taken as they are", problems);
        refuse(
                consumer,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                "the class given to listen says how data is read",
                problems);
        refuse(producer, ProducerConfig.TRANSACTIONAL_ID_CONFIG, "every thread has its own", problems);
        only(consumer, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false", "events could be lost", problems);
        only(
                consumer,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                "events of aborted transactions would be handled",
                problems);
        return problems;
    }

    /** @param suffix tells the threads of a process apart */
    static Map<String, Object> consumer(Settings settings, String group, String suffix) {
        Map<String, Object> config = new HashMap<>(settings.client(Settings.CONSUMER));
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.computeIfPresent(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, (key, id) -> id + suffix);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        if (!"consumer".equals(String.valueOf(config.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG)))) {
            config.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return config;
    }

    static Map<Object, Object> transactionalProducer(Map<Object, Object> given, String transactionalId) {
        Map<Object, Object> settings = new HashMap<>(given);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        if (!given.containsKey(Settings.PRODUCER + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)) {
            settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        }
        return settings;
    }

    private static void refuse(Map<String, Object> config, String key, String why, List<String> problems) {
        if (config.containsKey(key)) {
            problems.add(key + " cannot be chosen: " + why + ". Leave it out.");
        }
    }

    private static void only(
            Map<String, Object> config, String key, String right, String effect, List<String> problems) {
        Object value = config.get(key);
        if (value != null && !value.toString().strip().toLowerCase(Locale.ROOT).equals(right)) {
            problems.add(
                    key + " is " + value + ", with which " + effect + ": set it to " + right + " or leave it out.");
        }
    }
}
