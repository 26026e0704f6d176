package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.events.OrderCreated;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.ScriptedRegistry;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerializerTest {
    private final ScriptedRegistry server = new ScriptedRegistry();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(server));

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Map<String, Object> config(Object... pairs) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", server.url()));
        for (int i = 0; i < pairs.length; i += 2) {
            config.put((String) pairs[i], pairs[i + 1]);
        }
        return config;
    }

    private AvroSerializer serializer(Object... pairs) {
        AvroSerializer serializer = new AvroSerializer();
        open.add(serializer);
        serializer.configure(config(pairs), false);
        return serializer;
    }

    private AvroDeserializer deserializer(Object... pairs) {
        AvroDeserializer deserializer = new AvroDeserializer();
        open.add(deserializer);
        deserializer.configure(config(pairs), false);
        return deserializer;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static OrderCreated order() {
        return OrderCreated.newBuilder()
                .setOrderId("o1")
                .setUserId("u")
                .setCreatedAt(Instant.ofEpochMilli(1))
                .setQuantity(3)
                .setAmount(new BigDecimal("12.34"))
                .build();
    }

    @Test
    void shouldWriteAGeneratedRecordAsComputedByHand() {
        byte[] bytes = serializer().serialize("events.order_created", order());

        assertThat(hex(bytes)).isEqualTo("0000000001" + "046f31" + "0275" + "02" + "06" + "0404d2" + "06555344");
        assertThat(server.asked()).containsExactly("POST /subjects/events.order_created-value/versions");
        assertThat(deserializer("specific.avro.reader", true).deserialize("t", bytes))
                .isEqualTo(order());
    }

    @Test
    void shouldWriteAGenericRecordLikeTheGeneratedOneWithRawOrJavaTypes() {
        Schema schema = OrderCreated.getClassSchema();
        GenericRecordBuilder builder = new GenericRecordBuilder(schema)
                .set("orderId", "o1")
                .set("userId", new Utf8("u"))
                .set("quantity", 3)
                .set("currency", "USD");
        GenericRecord raw = builder.set("createdAt", 1L)
                .set("amount", ByteBuffer.wrap(new byte[] {4, (byte) 0xd2}))
                .build();
        GenericRecord converted = builder.set("createdAt", Instant.ofEpochMilli(1))
                .set("amount", new BigDecimal("12.34"))
                .build();
        AvroSerializer serializer = serializer();
        byte[] expected = serializer.serialize("t", order());

        assertThat(serializer.serialize("t", raw)).isEqualTo(expected);
        assertThat(serializer.serialize("t", converted)).isEqualTo(expected);
        assertThat(((GenericRecord) deserializer().deserialize("t", expected)).get("createdAt"))
                .isEqualTo(1L);
        GenericRecord read = (GenericRecord)
                deserializer("avro.use.logical.type.converters", true).deserialize("t", expected);
        assertThat(read.get("createdAt")).isEqualTo(Instant.ofEpochMilli(1));
        assertThat(read.get("amount")).isEqualTo(new BigDecimal("12.34"));
    }

    @Test
    void shouldConvertEveryLogicalTypeThereAndBack() {
        Schema schema = SchemaBuilder.record("L")
                .fields()
                .name("day")
                .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
                .noDefault()
                .name("id")
                .type(LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING)))
                .noDefault()
                .name("maybe")
                .type(Schema.createUnion(
                        Schema.create(Schema.Type.NULL),
                        LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG))))
                .noDefault()
                .endRecord();
        GenericRecord record = new GenericData.Record(schema);
        record.put("day", LocalDate.of(1970, 1, 3));
        record.put("id", new UUID(1, 2));
        record.put("maybe", Instant.ofEpochSecond(0, 5_000));

        byte[] bytes = serializer().serialize("t", record);

        // day 2 (04), 36 characters (48), then branch 1 (02) and 5 microseconds (0a)
        assertThat(hex(bytes)).startsWith("00000000010448").endsWith("020a");
        GenericRecord read = (GenericRecord)
                deserializer("avro.use.logical.type.converters", "true").deserialize("t", bytes);
        assertThat(read.get("day")).isEqualTo(record.get("day"));
        assertThat(read.get("id")).isEqualTo(record.get("id"));
        assertThat(read.get("maybe")).isEqualTo(record.get("maybe"));
    }

    @ParameterizedTest
    @CsvSource({"true,01,boolean", "false,00,boolean"})
    void shouldWriteABoolean(boolean value, String expected, String type) {
        written(value, type, expected);
    }

    @Test
    void shouldWritePrimitivesAsConfluentDoes() {
        written(-1, "int", "01");
        written(300L, "long", "d804");
        written(1.5f, "float", "0000c03f");
        written(1.5d, "double", "000000000000f83f");
        written("é", "string", "04c3a9");
        written(new byte[] {1, 2, 3}, "bytes", "010203"); // raw: no length
        written(new byte[0], "bytes", "");
    }

    private void written(Object value, String type, String expected) {
        byte[] bytes = serializer().serialize("t", value);
        assertThat(server.schema(WireFormat.schemaId(bytes))).isEqualTo("\"" + type + "\"");
        assertThat(hex(bytes).substring(10)).isEqualTo(expected);
        assertThat(deserializer().deserialize("t", bytes)).isEqualTo(value);
        assertThat(deserializer("specific.avro.reader", true).deserialize("t", bytes))
                .isEqualTo(value);
    }

    @Test
    void shouldWriteOnlyWhatIsLeftOfABuffer() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9});
        buffer.position(1).limit(3);

        assertThat(hex(serializer().serialize("t", buffer))).endsWith("0102").hasSize(14);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void shouldPassNullThrough() {
        assertThat(serializer().serialize("t", null)).isNull();
        assertThat(deserializer().deserialize("t", null)).isNull();
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, t-value, t-key",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value, t-key",
        "RecordNameStrategy, io.hookline.events.OrderCreated, io.hookline.events.OrderCreated",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, io.hookline.events.OrderCreated, io.hookline.events.OrderCreated",
        "TopicRecordNameStrategy, t-io.hookline.events.OrderCreated, t-io.hookline.events.OrderCreated"
    })
    void shouldNameSubjectsByTheStrategyOfKeyOrValue(String strategy, String value, String key) {
        serializer("value.subject.name.strategy", strategy).serialize("t", order());
        AvroSerializer keys = new AvroSerializer();
        open.add(keys);
        keys.configure(config("key.subject.name.strategy", strategy), true);
        keys.serialize("t", order());

        assertThat(server.asked())
                .containsExactly("POST /subjects/" + value + "/versions", "POST /subjects/" + key + "/versions");
    }

    @Test
    void shouldRefuseAStrategyItDoesNotKnow() {
        assertThatThrownBy(() -> serializer("value.subject.name.strategy", "com.acme.Mine"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("com.acme.Mine")
                .hasMessageContaining("RecordNameStrategy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use.schema.id=7",
                "schema.reflection=true",
                "avro.remove.java.properties=true",
                "context.name.strategy=com.acme.Contexts",
                "value.schema.id.serializer=io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer"
            })
    void shouldRefuseSettingsItWouldOtherwiseIgnore(String setting) {
        String key = setting.substring(0, setting.indexOf('='));
        String value = setting.substring(setting.indexOf('=') + 1);
        assertThatThrownBy(() -> serializer(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
        assertThatThrownBy(() -> deserializer(key, value)).isInstanceOf(ConfigException.class);
    }

    private static Schema version(String... fields) {
        SchemaBuilder.FieldAssembler<Schema> assembler =
                SchemaBuilder.record("V").namespace("t").fields();
        for (String field : fields) {
            assembler = assembler.name(field).type().stringType().stringDefault("-" + field);
        }
        return assembler.endRecord();
    }

    private static GenericRecord of(Schema schema, String... values) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, new Utf8(values[i]));
        }
        return record;
    }

    @Test
    void shouldWriteWithTheNewestVersionResolvedByName() {
        server.put("t-value", version("a").toString());
        Schema newest = version("c", "b", "a");
        int id = server.put("t-value", newest.toString());
        AvroSerializer serializer = serializer("auto.register.schemas", false, "use.latest.version", true);

        byte[] bytes = serializer.serialize("t", of(version("a", "b"), "A", "B"));
        serializer.serialize("t", of(version("a", "b"), "A", "B"));

        assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
        assertThat(deserializer().deserialize("t", bytes)).isEqualTo(of(newest, "-c", "B", "A"));
        assertThat(server.asked())
                .filteredOn("GET /subjects/t-value/versions/latest"::equals)
                .hasSize(1);
    }

    @Test
    void shouldRegisterRatherThanUseTheNewestUnlessToldNotTo() {
        server.put("t-value", version("a").toString());

        byte[] bytes = serializer("use.latest.version", true).serialize("t", of(version("b"), "B"));

        assertThat(WireFormat.schemaId(bytes)).isEqualTo(2);
    }

    @Test
    void shouldRefuseANewestVersionThatCannotReadTheRecord() {
        Schema incompatible = SchemaBuilder.record("V")
                .namespace("t")
                .fields()
                .requiredInt("a")
                .endRecord();
        server.put("t-value", incompatible.toString());

        assertThatThrownBy(() -> serializer("auto.register.schemas", false, "use.latest.version", true)
                        .serialize("t", of(version("a"), "A")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("t-value")
                .hasMessageContaining("latest.compatibility.strict");
        assertThatThrownBy(() -> serializer("auto.register.schemas", false, "use.latest.version", true)
                        .serialize("nothing-yet", of(version("a"), "A")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("nothing-yet-value");
    }

    @Test
    void shouldSayWhichFieldDoesNotFit() {
        GenericRecord record = new GenericData.Record(version("first", "second"));
        record.put("first", "x");

        assertThatThrownBy(() -> serializer().serialize("t", record))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("t.V")
                .hasMessageContaining("topic t")
                .hasMessageContaining("second");
        assertThatThrownBy(() -> serializer().serialize("t", new Object()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void shouldWriteRightAfterAFailureInTheMiddle() {
        AvroSerializer serializer = serializer();
        byte[] expected = serializer.serialize("t", order());
        assertThatThrownBy(() -> serializer.serialize("t", of(version("a", "b"), "only one")))
                .isInstanceOf(SerializationException.class);

        assertThat(serializer.serialize("t", order())).isEqualTo(expected);
    }

    @Test
    void shouldWriteAValueOfSeveralMebibytesAndForgetTheBuffer() {
        Schema schema = version("a");
        String big = "x".repeat(5 << 20);
        AvroSerializer serializer = serializer();

        byte[] bytes = serializer.serialize("t", of(schema, big));

        assertThat(((GenericRecord) deserializer().deserialize("t", bytes)).get("a"))
                .hasToString(big);
        assertThat(serializer.serialize("t", of(schema, "y"))).hasSize(7);
    }

    @Test
    void shouldCarryWhatTheRegistrySaidAsCause() {
        server.close();
        assertThatThrownBy(() -> serializer().serialize("t", order()))
                .isInstanceOf(SerializationException.class)
                .hasCauseInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining("OrderCreated")
                .hasMessageContaining(server.url());
        assertThatThrownBy(() -> deserializer().deserialize("t", new byte[] {0, 0, 0, 0, 9}))
                .isInstanceOf(SerializationException.class)
                .hasCauseInstanceOf(RegistryException.Unreachable.class);
    }

    @Test
    void shouldTellWhichGeneratedClassIsMissing() {
        byte[] bytes = serializer().serialize("t", of(version("a"), "A"));

        assertThatThrownBy(() -> deserializer("specific.avro.reader", true).deserialize("t", bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("t.V")
                .hasMessageContaining("specific.avro.reader");
    }
}
