package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.events.OrderCreated;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.registry.ScriptedRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;

/**
 * Our bytes against Confluent's own registry client, the wire format as Flink's Confluent format writes it, and an Avro of
 * another version, all from one jar under other package names: nothing of ours takes part on that side. (Confluent's serializer
 * itself is not on Maven Central; it does the same three steps. See docs/schema-registry.md.)
 */
class ConfluentInteropTest {
    private static ScriptedRegistry server;
    private static CachedSchemaRegistryClient theirs;
    private static SchemaRegistryClient ours;
    private static AvroSerializer serializer;
    private static AvroDeserializer deserializer;

    @BeforeContainer
    static void start() {
        server = new ScriptedRegistry();
        theirs = new CachedSchemaRegistryClient(server.url(), 10_000);
        Map<String, String> config = Map.of("schema.registry.url", server.url());
        ours = SchemaRegistryClient.create(config);
        serializer = new AvroSerializer(ours);
        serializer.configure(config, false);
        deserializer = new AvroDeserializer(ours);
        deserializer.configure(config, false);
    }

    @AfterContainer
    static void stop() throws IOException {
        theirs.close();
        ours.close();
        server.close();
    }

    /** What their side makes of our bytes: their schema by their client, their record by their Avro, written again. */
    private static byte[] throughTheirs(byte[] bytes, String subject) throws IOException {
        ConfluentSchemaRegistryCoder coder = new ConfluentSchemaRegistryCoder(subject, theirs);
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        org.apache.flink.avro.shaded.org.apache.avro.Schema schema = coder.readSchema(in);
        Object record = new GenericDatumReader<>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(in.readAllBytes(), null));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        coder.writeSchema(schema, out);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Maps have one entry at most: the order of more is the business of each side's hash map. */
    @Property(tries = 300)
    void shouldBeReadAndWrittenIdenticallyByTheirs(@ForAll long seed) throws IOException {
        RandomAvro random = new RandomAvro(seed, 1);
        GenericRecord record = random.record(random.schema());
        byte[] bytes = serializer.serialize("t", record);

        byte[] back = throughTheirs(bytes, "t-value");

        assertThat(back).isEqualTo(bytes);
        assertThat(deserializer.deserialize("t", back)).isEqualTo(record);
    }

    @net.jqwik.api.Example
    void shouldShareIdsInBothDirections() throws Exception {
        Schema mine = OrderCreated.getClassSchema();
        int id = ours.register("shared-value", mine);

        assertThat(theirs.register("shared-value", new AvroSchema(mine.toString())))
                .isEqualTo(id);
        assertThat(theirs.getLatestSchemaMetadata("shared-value").getId()).isEqualTo(id);
        assertThat(theirs.getVersion("shared-value", new AvroSchema(mine.toString())))
                .isEqualTo(1);

        AvroSchema other = new AvroSchema("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}");
        int theirId = theirs.register("other", other);
        assertThat(ours.byId(theirId)).hasToString(other.canonicalString());
        assertThat(ours.latest("other"))
                .hasValueSatisfying(latest -> assertThat(latest.id()).isEqualTo(theirId));
    }

    @net.jqwik.api.Example
    void shouldWriteOurEventsAsTheirsWould() throws IOException {
        OrderCreated order = OrderCreated.newBuilder()
                .setOrderId("o-1")
                .setUserId("u-1")
                .setCreatedAt(Instant.parse("1997-01-01T00:00:00Z"))
                .setQuantity(5)
                .setAmount(new BigDecimal("-0.01"))
                .build();
        byte[] bytes = serializer.serialize("events.order_created", order);

        assertThat(throughTheirs(bytes, "events.order_created-value")).isEqualTo(bytes);
    }
}
