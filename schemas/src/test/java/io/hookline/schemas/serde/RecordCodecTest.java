package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.registry.ScriptedRegistry;
import io.hookline.schemas.serde.UndecodableException.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
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

    private byte[] written(String schema, String body) {
        int id = server.put("old", schema);
        byte[] rest = HexFormat.of().parseHex(body);
        byte[] bytes = new byte[WireFormat.HEADER_BYTES + rest.length];
        WireFormat.writeHeader(bytes, 0, id);
        System.arraycopy(rest, 0, bytes, WireFormat.HEADER_BYTES, rest.length);
        return bytes;
    }

    private static String schema(String fields) {
        return "{\"type\":\"record\",\"name\":\"EventHeader\",\"namespace\":\"io.hookline.avro\",\"fields\":[" + fields
                + "]}";
    }

    @Test
    void readsWhatOlderAndNewerReleasesWrote() {
        String older = schema("{\"name\":\"name\",\"type\":\"string\"}");
        String newer = schema("{\"name\":\"new\",\"type\":{\"type\":\"map\",\"values\":\"long\"}},"
                + "{\"name\":\"value\",\"type\":[\"null\",\"bytes\"]},{\"name\":\"name\",\"type\":\"string\"}");

        assertThat(codec.decodeBlocking(written(older, "0261")))
                .isEqualTo(EventHeader.newBuilder().setName("a").build());
        assertThat(codec.decodeBlocking(written(newer, "0202780200" + "020207" + "0261")))
                .isEqualTo(header());
    }

    @Test
    void saysWhenSchemasDoNotResolve() {
        String other = schema("{\"name\":\"name\",\"type\":\"int\"}");

        assertThatThrownBy(() -> codec.decodeBlocking(written(other, "02")))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA))
                .hasMessageContaining("io.hookline.avro.EventHeader");
    }

    @Test
    void namesTheFieldThatIsMissing() {
        assertThatThrownBy(() -> codec.encode(new EventHeader()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("EventHeader")
                .hasMessageContaining("name");
    }

    @Test
    void asksForItsIdOnceAndNotAtAllOncePrepared() {
        codec.prepare();
        for (int i = 0; i < 10; i++) {
            codec.encode(header());
        }
        assertThat(server.asked()).containsExactly("POST /subjects/io.hookline.avro.EventHeader/versions");
        assertThat(codec.subject()).isEqualTo("io.hookline.avro.EventHeader");
    }

    @Test
    void triesAgainAfterTheRegistryWasDown() {
        server.script(exchange -> {
            ScriptedRegistry.answer(exchange, 503, "");
            return true;
        });
        assertThatThrownBy(codec::prepare).isInstanceOf(RegistryException.Unreachable.class);
        server.behave();
        org.awaitility.Awaitility.await().ignoreExceptions().untilAsserted(codec::prepare);
        assertThat(codec.encode(header())).hasSize(10);
    }

    @Test
    void servesKafkaAsASerde() {
        Serde<EventHeader> serde = codec.serde();
        byte[] bytes = serde.serializer().serialize("t", header());
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(header());
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void worksFromManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String name = "n" + thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        EventHeader mine =
                                EventHeader.newBuilder().setName(name + i).build();
                        assertThat(codec.decodeBlocking(codec.encode(mine))).isEqualTo(mine);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givesRecordsThatCanBeCompared() {
        RecordCodec<Subscription> subscriptions = RecordCodec.of(Subscription.class, registry);
        SigningKey key = SigningKey.newBuilder()
                .setSecret(new Secret(ByteBuffer.wrap(new byte[24]), "", ""))
                .setCreatedAt(Instant.EPOCH)
                .setExpiresAt(Instant.EPOCH.plusSeconds(1))
                .build();
        Subscription written = Subscription.newBuilder()
                .setId("crm")
                .setUrl("https://crm")
                .setEventTypes(List.of("*"))
                .setSigningKeys(List.of(key))
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        byte[] bytes = subscriptions.encode(written);

        Subscription read = subscriptions.decodeBlocking(bytes);
        assertThat(read).isEqualTo(written).isEqualTo(subscriptions.decodeBlocking(bytes));
        assertThat(written).isEqualTo(read).hasSameHashCodeAs(read);
        assertThat(subscriptions.decode(bytes)).isEqualTo(new Decoded.Value<>(written, 1));
    }

    @Test
    void refusesARecordOfANewerFormatAlsoInsideAnother() {
        RecordCodec<Retry> retries = RecordCodec.of(Retry.class, registry);
        Retry retry = Retry.newBuilder()
                .setDelivery(Delivery.newBuilder()
                        .setFormatVersion(2)
                        .setEvent(ByteBuffer.allocate(0))
                        .setTopic("events.a")
                        .setPartition(0)
                        .setOffset(0)
                        .setRecordedAt(Instant.EPOCH)
                        .setType("a")
                        .setSubscriptions(List.of("crm"))
                        .build())
                .setState(RetryState.newBuilder()
                        .setNotBefore(Instant.EPOCH)
                        .setNotAfter(Instant.EPOCH)
                        .setReleaseAt(Instant.EPOCH)
                        .build())
                .build();
        byte[] bytes = retries.encode(retry);

        assertThatThrownBy(() -> retries.decodeBlocking(bytes)).isInstanceOf(UnsupportedFormatException.class);
        assertThatThrownBy(() -> retries.decode(bytes))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("io.hookline.avro.Delivery has formatVersion 2");
    }
}
