package io.hookline.producer;

import io.hookline.schemas.config.Settings;
import io.hookline.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's own settings: what is given to its clients, and which of the given ones would break a promise.
 *
 * <p>One request in flight instead of Kafka's five: with more, the first records that an idempotent producer writes to a partition can be
 * lost while that partition's leader comes up (KAFKA-15591). Larger batches make up for it (docs/decisions/one-request-in-flight.md).
 */
final class KafkaSettings {
    /** Largest request: an event, and what the protocol adds to it; the same as the limit of the topics. */
    private static final int REQUEST_BYTES_MAX = TopicCatalogue.EVENT_BYTES_MAX + 64 * 1024;

    private static final int BATCH_BYTES = 128 * 1024;
    private static final int IN_FLIGHT_MAX = 5;
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1]):\\d+", Pattern.CASE_INSENSITIVE);

    private KafkaSettings() {}

    /** Settings for {@code KafkaProducer} over bytes; adds what is wrong with the given ones to {@code problems}. */
    static Map<String, Object> producer(Settings settings, List<String> problems) {
        Map<String, Object> config = settings.client(Settings.PRODUCER);
        if (text(config, ProducerConfig.BOOTSTRAP_SERVERS_CONFIG).isBlank()) {
            problems.add(
                    "bootstrap.servers is missing: name one or more Kafka brokers, such as broker-1:9092,broker-2:9092.");
        }
        if (config.containsKey(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG)) {
            problems.add(
                    "key.serializer cannot be chosen: the record key is the ordering key as it was given. Leave it out.");
        }
        if (!settings.flag(ProducerSettings.ALLOW_WEAKER)) {
            weaker(config, problems);
        }
        config.putIfAbsent(ProducerConfig.ACKS_CONFIG, "all");
        config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return config;
    }

    /** Settings for Kafka's admin client. */
    static Map<String, Object> admin(Settings settings) {
        return settings.client(Settings.ADMIN);
    }

    /** Whether all of the servers are on the loopback interface: a developer's own Kafka. */
    static boolean isThisMachine(String bootstrapServers) {
        for (String server : bootstrapServers.split(",", -1)) {
            if (!THIS_MACHINE.matcher(server.strip()).matches()) {
                return false;
            }
        }
        return true;
    }

    private static void weaker(Map<String, Object> config, List<String> problems) {
        String acks = text(config, ProducerConfig.ACKS_CONFIG);
        if (!acks.isEmpty() && !acks.equals("all") && !acks.equals("-1")) {
            problems.add(refusal(ProducerConfig.ACKS_CONFIG, acks, "an acknowledged event could be lost", "all"));
        }
        String idempotent = text(config, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG);
        if (!idempotent.isEmpty() && !idempotent.equals("true")) {
            problems.add(refusal(
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    idempotent,
                    "a retry could write an event twice",
                    "true"));
        }
        String inFlight = text(config, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
        if (inFlight.matches("\\d{1,9}") && Integer.parseInt(inFlight) > IN_FLIGHT_MAX) {
            problems.add(refusal(
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    inFlight,
                    "a retry could change the order of events",
                    "at most " + IN_FLIGHT_MAX));
        }
        String ignoresKeys = text(config, ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
        if (ignoresKeys.equals("true")) {
            problems.add(refusal(
                    ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                    "true",
                    "events of one key would lose their order",
                    "false"));
        }
    }

    private static String refusal(String key, String value, String effect, String right) {
        return key + " is " + value + ", with which " + effect + ": set it to " + right + " or leave it out (or set "
                + ProducerSettings.ALLOW_WEAKER + "=true to have it all the same).";
    }

    private static String text(Map<String, Object> config, String key) {
        Object value = config.get(key);
        return value == null ? "" : value.toString().strip().toLowerCase(Locale.ROOT);
    }
}
