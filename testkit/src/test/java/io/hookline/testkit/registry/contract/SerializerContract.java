package io.hookline.testkit.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.events.OrderCreated;
import io.hookline.schemas.serde.AvroDeserializer;
import io.hookline.schemas.serde.AvroSerializer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * To be extended for each pair that claims to stand in for ours: the same values under the same settings give the same bytes and
 * subjects, and each reads what the other wrote. The other pair is known by Kafka's interfaces only, as a Kafka client knows it.
 */
@Timeout(120)
abstract class SerializerContract {
    private final String topic = "contract-" + UUID.randomUUID();

    abstract String url();

    abstract Serializer<Object> theirSerializer();

    abstract Deserializer<Object> theirDeserializer();

    private Map<String, Object> config(Object... pairs) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", url()));
        for (int i = 0; i < pairs.length; i += 2) {
            config.put((String) pairs[i], pairs[i + 1]);
        }
        return config;
    }

    private static byte[] write(
            Serializer<Object> serializer, Map<String, ?> config, boolean key, String topic, Object value) {
        try (serializer) {
            serializer.configure(config, key);
            return serializer.serialize(topic, value);
        }
    }

    private static Object read(Deserializer<Object> deserializer, Map<String, ?> config, String topic, byte[] bytes) {
        try (deserializer) {
            deserializer.configure(config, false);
            return deserializer.deserialize(topic, bytes);
        }
    }

    private static OrderCreated order() {
        return OrderCreated.newBuilder()
                .setOrderId("o-1")
                .setUserId("ü")
                .setCreatedAt(Instant.parse("1997-01-18T00:00:00Z"))
                .setQuantity(5)
                .setAmount(new BigDecimal("77.96"))
                .build();
    }

    private static GenericRecord generic(Object createdAt, Object amount) {
        GenericRecord record = new GenericData.Record(OrderCreated.getClassSchema());
        record.put("orderId", "o-1");
        record.put("userId", "ü");
        record.put("createdAt", createdAt);
        record.put("quantity", 5);
        record.put("amount", amount);
        record.put("currency", "USD");
        return record;
    }

    static Stream<Object> values() {
        Schema nested = SchemaBuilder.record("Nested")
                .fields()
                .name("list")
                .type()
                .array()
                .items()
                .unionOf()
                .nullType()
                .and()
                .longType()
                .endUnion()
                .noDefault()
                .name("map")
                .type()
                .map()
                .values()
                .stringType()
                .noDefault()
                .endRecord();
        GenericRecord record = new GenericData.Record(nested);
        record.put("list", Stream.of(1L, null, Long.MIN_VALUE).toList());
        record.put("map", Map.of(new Utf8("k"), new Utf8("v")));
        return Stream.of(
                order(),
                generic(
                        853_545_600_000L,
                        ByteBuffer.wrap(new BigDecimal("77.96").unscaledValue().toByteArray())),
                record,
                "text",
                "",
                true,
                -7,
                Long.MAX_VALUE,
                1.5f,
                -0.0d,
                new byte[] {1, 2, 3},
                new byte[0],
                ByteBuffer.wrap(new byte[] {4, 5}));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldWriteTheSameBytesAndReadEachOthers(Object value) {
        byte[] ours = write(new AvroSerializer(), config(), false, topic, value);
        byte[] theirs = write(theirSerializer(), config(), false, topic, value);

        assertThat(ours).isEqualTo(theirs);
        for (boolean specific : new boolean[] {false, true}) {
            if (specific && value instanceof GenericRecord && !value.toString().contains("orderId")) {
                continue; // there is no class for it
            }
            Map<String, Object> config = config("specific.avro.reader", specific);
            assertThat(read(new AvroDeserializer(), config, topic, theirs))
                    .isEqualTo(read(theirDeserializer(), config, topic, ours));
        }
    }

    @Test
    void shouldConvertLogicalTypesOfGenericRecordsAlike() {
        Map<String, Object> config = config("avro.use.logical.type.converters", true);
        GenericRecord record = generic(Instant.parse("1997-01-18T00:00:00Z"), new BigDecimal("77.96"));

        byte[] ours = write(new AvroSerializer(), config, false, topic, record);
        byte[] theirs = write(theirSerializer(), config, false, topic, record);

        assertThat(ours).isEqualTo(theirs);
        GenericRecord oursRead = (GenericRecord) read(new AvroDeserializer(), config, topic, theirs);
        GenericRecord theirsRead = (GenericRecord) read(theirDeserializer(), config, topic, ours);
        assertThat(oursRead.get("createdAt"))
                .isEqualTo(theirsRead.get("createdAt"))
                .isEqualTo(record.get("createdAt"));
        assertThat(oursRead.get("amount")).isEqualTo(theirsRead.get("amount")).isEqualTo(record.get("amount"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TopicNameStrategy", "RecordNameStrategy", "TopicRecordNameStrategy"})
    void shouldUseTheSubjectThatTheOtherRegistered(String strategy) {
        String name = "io.confluent.kafka.serializers.subject." + strategy;
        for (boolean key : new boolean[] {false, true}) {
            String setting = (key ? "key" : "value") + ".subject.name.strategy";
            byte[] theirs = write(theirSerializer(), config(setting, name), key, topic, order());

            byte[] ours = write(
                    new AvroSerializer(), config(setting, name, "auto.register.schemas", false), key, topic, order());

            assertThat(ours).isEqualTo(theirs);
        }
    }

    @Test
    void shouldWriteWithTheNewestVersionAlike() {
        Schema old = SchemaBuilder.record("V").fields().requiredString("a").endRecord();
        Schema next = SchemaBuilder.record("V")
                .fields()
                .requiredString("a")
                .optionalString("b")
                .endRecord();
        GenericRecord first = new GenericData.Record(old);
        first.put("a", "A");
        GenericRecord second = new GenericData.Record(next);
        second.put("a", "A");
        write(new AvroSerializer(), config(), false, topic, first);
        write(new AvroSerializer(), config(), false, topic, second);
        Map<String, Object> config = config("auto.register.schemas", false, "use.latest.version", true);

        assertThat(write(new AvroSerializer(), config, false, topic, second))
                .isEqualTo(write(theirSerializer(), config, false, topic, second));
    }

    @Test
    void shouldPassNullThrough() {
        assertThat(write(theirSerializer(), config(), false, topic, null)).isNull();
        assertThat(write(new AvroSerializer(), config(), false, topic, null)).isNull();
        assertThat(read(theirDeserializer(), config(), topic, null)).isNull();
        assertThat(read(new AvroDeserializer(), config(), topic, null)).isNull();
    }
}
