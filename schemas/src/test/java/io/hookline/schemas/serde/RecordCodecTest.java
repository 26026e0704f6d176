package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.EventHeader;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.registry.ScriptedRegistry;
import io.hookline.schemas.serde.UndecodableException.Reason;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private final ScriptedRegistry server = new ScriptedRegistry();
    private final SchemaRegistryClient registry = client();
    private final RecordCodec<EventHeader> codec = RecordCodec.of(EventHeader.class, registry);

    private SchemaRegistryClient client() {
        return SchemaRegistryClient.create(Map.of("schema.registry.url", server.url()));
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private static EventHeader header() {
        return EventHeader.newBuilder()
                .setName("a")
                .setValue(ByteBuffer.wrap(new byte[] {7}))
                .build();
    }

    @Test
    void writesTheHeaderAndPlainAvro() {
        // 0, id 1, "a" (length 1 = zigzag 2), branch 1 (zigzag 2), one byte 7 (length 1 = zigzag 2)
        assertThat(codec.encode(header())).containsExactly(0, 0, 0, 0, 1, 2, 'a', 2, 2, 7);
    }

    @Test
    void asksForTheSchemaOnceAndNeverBlocks() {
        byte[] bytes = codec.encode(header());
        try (SchemaRegistryClient other = client()) {
            RecordCodec<EventHeader> reading = RecordCodec.of(EventHeader.class, other);
            assertThat(reading.decode(bytes)).isEqualTo(new Decoded.NeedsSchema<EventHeader>(1));
            assertThat(other.fetch(1)).succeedsWithin(java.time.Duration.ofSeconds(10));
            assertThat(reading.decode(bytes)).isEqualTo(new Decoded.Value<>(header(), 1));
            assertThat(server.asked()).filteredOn("GET /schemas/ids/1"::equals).hasSize(1);
        }
    }

    @Test
    void readsTheMiddleOfAnArray() {
        byte[] bytes = codec.encode(header());
        byte[] padded = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, padded, 3, bytes.length);
        registry.byId(1);
        assertThat(codec.decode(padded, 3, bytes.length)).isEqualTo(new Decoded.Value<>(header(), 1));
    }

    @Test
    void refusesLeftOverBytes() {
        byte[] bytes = codec.encode(header());
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> codec.decodeBlocking(longer))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }
}
