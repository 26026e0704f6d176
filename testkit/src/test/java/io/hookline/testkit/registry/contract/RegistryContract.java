package io.hookline.testkit.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.EventHeader;
import io.hookline.events.OrderCreated;
import io.hookline.schemas.registry.RegisteredSchema;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.AvroDeserializer;
import io.hookline.schemas.serde.AvroSerializer;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.RecordCodec;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** To be extended for each registry: what it does must be the same, seen by our client and by Confluent's. */
@Timeout(120)
abstract class RegistryContract {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String subject = "contract-" + UUID.randomUUID() + "-value";
    private final String namespace =
            "n" + Long.toUnsignedString(UUID.randomUUID().getLeastSignificantBits());
    private SchemaRegistryClient ours;
    private ConfluentClient theirs;

    /** The base address of a registry whose compatibility level is BACKWARD. */
    abstract String url();

    @BeforeEach
    void connect() {
        ours = SchemaRegistryClient.create(Map.of("schema.registry.url", url()));
        theirs = new ConfluentClient(url());
    }

    @AfterEach
    void disconnect() throws IOException {
        ours.close();
        theirs.close();
    }

    /** A schema nobody else registers: names are unique to the test. */
    private Schema record(String... fields) {
        SchemaBuilder.FieldAssembler<Schema> assembler =
                SchemaBuilder.record("R").namespace(namespace).fields();
        for (String field : fields) {
            assembler = field.endsWith("?")
                    ? assembler.optionalString(field.substring(0, field.length() - 1))
                    : assembler.requiredString(field);
        }
        return assembler.endRecord();
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", CONTENT_TYPE)
                .header("Accept", CONTENT_TYPE)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldGiveOneIdToOneSchemaWhoeverRegistersItAndWhere() {
        Schema schema = record("a");

        int id = ours.register(subject, schema);

        assertThat(id).isPositive();
        assertThat(theirs.register(subject, schema)).isEqualTo(id);
        assertThat(theirs.register(subject + "2", schema)).isEqualTo(id);
        assertThat(theirs.id(subject, schema)).isEqualTo(id);
        assertThat(ours.versions(subject)).containsExactly(1);
        assertThat(theirs.versions(subject)).containsExactly(1);
        assertThat(theirs.subjects()).contains(subject, subject + "2");
    }

    @Test
    void shouldShowEachWhatTheOtherRegistered() {
        Schema mine = record("a");
        int mineId = ours.register(subject, mine);
        assertThat(theirs.byId(mineId)).isEqualTo(mine);
        assertThat(theirs.version(subject, mine)).isEqualTo(1);

        Schema next = record("a", "b?");
        int nextId = theirs.register(subject, next);
        assertThat(nextId).isNotEqualTo(mineId);
        assertThat(ours.byId(nextId)).isEqualTo(next);
        assertThat(ours.versions(subject)).containsExactly(1, 2);
        assertThat(ours.version(subject, 1)).contains(new RegisteredSchema(subject, 1, mineId, mine));
        assertThat(ours.latest(subject)).contains(new RegisteredSchema(subject, 2, nextId, next));
        assertThat(ours.lookup(subject, mine)).contains(new RegisteredSchema(subject, 1, mineId, mine));
        assertThat(theirs.latest(subject).getId()).isEqualTo(nextId);
        assertThat(theirs.latest(subject).getVersion()).isEqualTo(2);
        assertThat(ConfluentClient.parsed(theirs.version(subject, 1).getSchema()))
                .isEqualTo(mine);
    }

    @Test
    void shouldKeepDocumentationDefaultsAndLogicalTypes() {
        Schema schema = OrderCreated.getClassSchema();

        int id = ours.register(subject, schema);

        try (SchemaRegistryClient fresh = SchemaRegistryClient.create(Map.of("schema.registry.url", url()))) {
            assertThat(fresh.byId(id)).isEqualTo(schema);
            assertThat(fresh.byId(id).getDoc()).isEqualTo(schema.getDoc());
            assertThat(fresh.byId(id).getField("amount").schema().getLogicalType())
                    .isNotNull();
        }
    }

    @Test
    void shouldSayInTheRegistrysOwnWordsWhatIsNotThere() {
        assertThatThrownBy(() -> ours.byId(2_000_000_000)).isInstanceOf(RegistryException.UnknownSchema.class);
        refusedTheirs(() -> theirs.byId(2_000_000_000), 404, 40403);
        assertThat(ours.latest(subject)).isEmpty();
        refusedTheirs(() -> theirs.latest(subject), 404, 40401);
        assertThat(ours.versions(subject)).isEmpty();
        refusedTheirs(() -> theirs.versions(subject), 404, 40401);

        ours.register(subject, record("a"));
        assertThat(ours.version(subject, 2)).isEmpty();
        refusedTheirs(() -> theirs.version(subject, 2), 404, 40402);
        assertThat(ours.lookup(subject, record("other"))).isEmpty();
        refusedTheirs(() -> theirs.id(subject, record("other")), 404, 40403);
    }

    private static void refusedTheirs(Runnable call, int status, int errorCode) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ConfluentClient.Failed.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.errorCode()).isEqualTo(errorCode);
        });
    }

    @Test
    void shouldRefuseAnIncompatibleVersionAndKeepTheSubjectAsItWas() {
        int id = ours.register(subject, record("a"));

        assertThatThrownBy(() -> ours.register(subject, record("a", "b")))
                .isInstanceOfSatisfying(
                        RegistryException.Refused.class,
                        e -> assertThat(e.status()).isEqualTo(409))
                .hasMessageContaining(subject);
        assertThatThrownBy(() -> theirs.register(subject, record("a", "b")))
                .isInstanceOfSatisfying(
                        ConfluentClient.Failed.class,
                        e -> assertThat(e.status()).isEqualTo(409));
        assertThat(theirs.compatible(subject, record("a", "b"))).isFalse();
        assertThat(theirs.compatible(subject, record("a", "c?"))).isTrue();
        assertThat(ours.versions(subject)).containsExactly(1);

        assertThat(ours.register(subject, record("a", "c?"))).isNotEqualTo(id);
        assertThat(ours.register(subject, record("a"))).isEqualTo(id);
    }

    @Test
    void shouldRefuseWhatIsNoSchemaAndGoOn() throws Exception {
        String path = "/subjects/" + subject + "/versions";

        assertThat(ask("POST", path, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ask("POST", path, "{broken").statusCode()).isBetween(400, 422);

        assertThat(ours.versions(subject)).isEmpty();
        assertThat(ours.register(subject, record("a"))).isPositive();
    }

    @Test
    void shouldTakeAnyNameForASubject() {
        String strange = "a b+c:" + UUID.randomUUID();
        String stranger = strange + "/é&#%2F?"; // ours only: Confluent's client does not encode all of these

        int id = ours.register(strange, record("a"));
        ours.register(stranger, record("b"));

        assertThat(ours.latest(strange)).contains(new RegisteredSchema(strange, 1, id, record("a")));
        assertThat(theirs.latest(strange).getId()).isEqualTo(id);
        assertThat(ours.lookup(stranger, record("b"))).isPresent();
        assertThat(theirs.subjects()).contains(strange, stranger);
    }

    @Test
    void shouldTakeSchemasThatAreNoRecords() {
        Schema text = Schema.create(Schema.Type.STRING);
        int id = ours.register(subject, text);

        assertThat(theirs.byId(id)).isEqualTo(text);
        assertThat(theirs.register(subject, text)).isEqualTo(id);
    }

    @Test
    void shouldGiveOneIdToManyWhoRegisterAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<SchemaRegistryClient> clients = new ArrayList<>();
        try {
            List<CompletableFuture<Integer>> ids = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SchemaRegistryClient client = SchemaRegistryClient.create(Map.of("schema.registry.url", url()));
                clients.add(client);
                ids.add(CompletableFuture.supplyAsync(() -> client.register(subject, record("a")), threads));
            }
            int first = ids.get(0).get(60, TimeUnit.SECONDS);
            for (CompletableFuture<Integer> id : ids) {
                assertThat(id.get(60, TimeUnit.SECONDS)).isEqualTo(first);
            }
            assertThat(ours.versions(subject)).containsExactly(1);
        } finally {
            threads.shutdownNow();
            clients.forEach(SchemaRegistryClient::close);
        }
    }

    @Test
    void shouldServeOurRecordCodec() {
        RecordCodec<EventHeader> writing = RecordCodec.of(EventHeader.class, ours);
        EventHeader header = EventHeader.newBuilder().setName("a").build();
        byte[] bytes = writing.encode(header);

        try (SchemaRegistryClient fresh = SchemaRegistryClient.create(Map.of("schema.registry.url", url()))) {
            RecordCodec<EventHeader> reading = RecordCodec.of(EventHeader.class, fresh);
            Decoded<EventHeader> before = reading.decode(bytes);
            assertThat(before).isInstanceOf(Decoded.NeedsSchema.class);
            fresh.fetch(before.schemaId()).join();
            assertThat(reading.decode(bytes)).isEqualTo(new Decoded.Value<>(header, before.schemaId()));
        }
        assertThat(theirs.rewritten(writing.subject(), bytes)).isEqualTo(bytes);
    }

    @Test
    void shouldCarryAnEventFromOurSerializerThroughTheirClientAndBack() {
        OrderCreated order = OrderCreated.newBuilder()
                .setOrderId("o-1")
                .setUserId("u-1")
                .setCreatedAt(Instant.parse("1997-01-18T00:00:00Z"))
                .setQuantity(5)
                .setAmount(new BigDecimal("77.96"))
                .build();
        try (AvroSerializer serializer = new AvroSerializer();
                AvroDeserializer deserializer = new AvroDeserializer()) {
            serializer.configure(Map.of("schema.registry.url", url()), false);
            deserializer.configure(Map.of("schema.registry.url", url(), "specific.avro.reader", true), false);
            String topic = subject.substring(0, subject.length() - "-value".length());

            byte[] bytes = serializer.serialize(topic, order);

            byte[] theirBytes = theirs.rewritten(subject, bytes);
            assertThat(theirBytes).isEqualTo(bytes);
            assertThat(deserializer.deserialize(topic, theirBytes)).isEqualTo(order);
        }
    }
}
