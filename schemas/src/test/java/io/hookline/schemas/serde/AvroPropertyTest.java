package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.registry.ScriptedRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

class AvroPropertyTest {
    private static ScriptedRegistry server;
    private static SchemaRegistryClient registry;
    private static AvroSerializer serializer;
    private static AvroDeserializer deserializer;
    private static GenericAvro generic;

    @BeforeContainer
    static void start() {
        server = new ScriptedRegistry();
        Map<String, String> config =
                Map.of("schema.registry.url", server.url(), "value.subject.name.strategy", "RecordNameStrategy");
        registry = SchemaRegistryClient.create(config);
        serializer = new AvroSerializer(registry);
        serializer.configure(config, false);
        deserializer = new AvroDeserializer(registry);
        deserializer.configure(config, false);
        generic = GenericAvro.raw(registry);
    }

    @AfterContainer
    static void stop() {
        registry.close();
        server.close();
    }

    private static byte[] plain(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    @Property(tries = 500)
    void shouldWritePlainAvroAfterTheHeaderAndReadItBack(@ForAll long seed) throws IOException {
        RandomAvro random = new RandomAvro(seed, 5);
        Schema schema = random.schema();
        GenericRecord record = random.record(schema);

        byte[] bytes = serializer.serialize("t", record);

        assertThat(Arrays.copyOfRange(bytes, WireFormat.HEADER_BYTES, bytes.length))
                .isEqualTo(plain(record));
        assertThat(server.schema(WireFormat.schemaId(bytes))).isEqualTo(schema.toString());
        assertThat(deserializer.deserialize("t", bytes)).isEqualTo(record);
        assertThat(generic.decode(bytes)).isEqualTo(new Decoded.Value<>(record, WireFormat.schemaId(bytes)));
    }

    /** Whatever is done to the bytes, the outcome is a record or an {@link UndecodableException}, never anything else. */
    @Property(tries = 500)
    void shouldNeverFailOtherwiseOnDamagedBytes(@ForAll long seed, @ForAll @IntRange(max = 20) int damages) {
        RandomAvro random = new RandomAvro(seed, 5);
        byte[] bytes = serializer.serialize("t", random.record(random.schema()));
        java.util.Random damage = new java.util.Random(seed);
        for (int i = 0; i < damages && bytes.length > WireFormat.HEADER_BYTES; i++) {
            bytes[WireFormat.HEADER_BYTES + damage.nextInt(bytes.length - WireFormat.HEADER_BYTES)] =
                    (byte) damage.nextInt();
        }
        byte[] cut = Arrays.copyOf(bytes, WireFormat.HEADER_BYTES + damage.nextInt(bytes.length));

        for (byte[] value : new byte[][] {bytes, cut}) {
            try {
                assertThat(generic.decodeBlocking(value)).isNotNull();
            } catch (UndecodableException e) {
                assertThat(e.reason()).isEqualTo(UndecodableException.Reason.CORRUPT);
            }
        }
    }

    @Property(tries = 200)
    void shouldRefuseWhatIsCutShort(@ForAll long seed) {
        RandomAvro random = new RandomAvro(seed, 5);
        byte[] bytes = serializer.serialize("t", random.record(random.schema()));
        if (bytes.length > WireFormat.HEADER_BYTES) {
            byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
            assertThatThrownBy(() -> generic.decodeBlocking(cut)).isInstanceOf(UndecodableException.class);
        }
    }
}
