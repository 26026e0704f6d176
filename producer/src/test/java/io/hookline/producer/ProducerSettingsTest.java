package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.config.InvalidSettingsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerSettingsTest {
    private static final Map<String, String> LEAST = Map.of("bootstrap.servers", "kafka:9092", "event.source", "/shop");

    @Test
    void shouldBeSafeByDefault() {
        Map<String, Object> kafka = ProducerSettings.of(LEAST).kafka();
        assertThat(kafka)
                .containsEntry("acks", "all")
                .containsEntry("max.in.flight.requests.per.connection", 1)
                .containsEntry("max.request.size", 1024 * 1024 + 64 * 1024);
        assertThat(kafka.get("key.serializer")).isEqualTo(kafka.get("value.serializer"));
    }

    @Test
    void shouldListAllThatIsMissing() {
        assertThatThrownBy(() -> ProducerSettings.of(Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(
                        "event.source is missing: say which service emits, such as event.source=/services/shop.")
                .hasMessageContaining("bootstrap.servers is missing: name one or more Kafka brokers");
    }

    @Test
    void shouldRefuseUnknownKeys() {
        assertRefused("bootstrap.server", "x", "Unknown setting 'bootstrap.server'");
        assertRefused("event.sorce", "x", "Unknown setting 'event.sorce'");
        assertRefused("avro.something", "x", "Unknown setting 'avro.something'");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1, acks is 1",
        "acks, 0, acks is 0",
        "producer.acks, 1, acks is 1",
        "enable.idempotence, false, enable.idempotence is false",
        "max.in.flight.requests.per.connection, 6, max.in.flight.requests.per.connection is 6",
        "partitioner.ignore.keys, true, partitioner.ignore.keys is true"
    })
    void shouldRefuseWeakerGuarantees(String key, String value, String message) {
        assertRefused(key, value, message);
        assertRefused(key, value, "producer.allow.weaker.guarantees=true");
        Map<String, String> allowed = with(key, value);
        allowed.put("producer.allow.weaker.guarantees", "true");
        assertThat(ProducerSettings.of(allowed).kafka()).containsEntry(key.replace("producer.", ""), value);
    }

    @ParameterizedTest
    @CsvSource({
        "acks, all",
        "acks, -1",
        "max.in.flight.requests.per.connection, 5",
        "enable.idempotence, true",
        "retries, 3"
    })
    void shouldPassSafeSettingsThrough(String key, String value) {
        assertThat(ProducerSettings.of(with(key, value)).kafka()).containsEntry(key, value);
    }

    @Test
    void shouldRefuseValuesThatCannotBe() {
        assertRefused("event.source", "my shop", "event.source 'my shop' is not a URI reference");
        assertRefused("topics.prefix", "a b", "Topic prefix 'a b' is not usable");
        assertRefused("producer.create.topics", "yes", "producer.create.topics");
        assertRefused("producer.create.topics.partitions", "0", "producer.create.topics.partitions");
        assertRefused("key.serializer", StringSerializer.class.getName(), "key.serializer cannot be chosen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "127.0.0.1:9092", "127.1.2.3:1, LOCALHOST:2", "[::1]:9092"})
    void shouldCreateTopicsOnThisMachine(String servers) {
        assertThat(ProducerSettings.of(with("bootstrap.servers", servers)).createsTopics())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka:9092",
                "localhost:9092,kafka:9092",
                "localhost.example:9092",
                "128.0.0.1:9092",
                "x127.0.0.1:1"
            })
    void shouldNotCreateTopicsElsewhere(String servers) {
        assertThat(ProducerSettings.of(with("bootstrap.servers", servers)).createsTopics())
                .isFalse();
    }

    @Test
    void shouldFollowAnExplicitChoiceOfCreatingTopics() {
        assertThat(ProducerSettings.of(with("producer.create.topics", "true")).createsTopics())
                .isTrue();
        Map<String, String> never = with("bootstrap.servers", "localhost:9092");
        never.put("producer.create.topics", "false");
        assertThat(ProducerSettings.of(never).createsTopics()).isFalse();
    }

    @Test
    void shouldGiveTheSerializerItsSettings() {
        Properties given = new Properties();
        given.putAll(LEAST);
        given.put("value.serializer", StringSerializer.class);
        given.put("schema.registry.url", "http://registry:8081");
        given.put("auto.register.schemas", false);
        given.put("serializer.avro.reflection", true);

        ProducerSettings settings = ProducerSettings.of(given);

        assertThat(settings.serializerClass()).hasValue(StringSerializer.class.getName());
        assertThat(settings.serializer())
                .containsEntry("schema.registry.url", "http://registry:8081")
                .containsEntry("auto.register.schemas", "false")
                .containsEntry("avro.reflection", "true")
                .containsEntry("bootstrap.servers", "kafka:9092");
        assertThat(settings.kafka()).doesNotContainKey("avro.reflection");
    }

    @Test
    void shouldRefuseASerializerThatCannotBeMade() {
        assertThatThrownBy(() -> ValueSerializer.of(ProducerSettings.of(with("value.serializer", "java.lang.String"))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("value.serializer java.lang.String cannot be used: ");
        assertRefused("value.serializer", "no.such.Class", "Class no.such.Class could not be found");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(LEAST);
        settings.put(key, value);
        return settings;
    }

    private static void assertRefused(String key, String value, String message) {
        assertThatThrownBy(() -> ProducerSettings.of(with(key, value)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }
}
