package io.hookline.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.kafka.EmbeddedKafka;
import io.hookline.testkit.registry.RegistryClientForTests.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint and every error code over plain HTTP, on a real Kafka. */
@ExtendWith(KafkaExtension.class)
class DevRegistryIT {
    private static final String V1 = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\","
            + "\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";
    private static final String V2 = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\","
            + "\"fields\":[{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}]}";
    private static final String INCOMPATIBLE = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\","
            + "\"fields\":[{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"must\",\"type\":\"string\"}]}";
    private static final String OTHER = "{\"type\":\"record\",\"name\":\"User\",\"fields\":[]}";

    private KafkaSpace space;
    private DevRegistry registry;
    private RegistryClientForTests client;

    @BeforeEach
    void start(KafkaSpace kafkaSpace) {
        space = kafkaSpace;
        open();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void open() {
        registry = DevRegistry.builder(space.bootstrapServers())
                .topic(space.name("_schemas"))
                .start();
        client = new RegistryClientForTests(registry.url());
    }

    @Test
    void shouldSayThatItIsForDevelopmentOnly() throws Exception {
        Answer root = client.get("/");
        assertThat(root.status()).isEqualTo(200);
        assertThat(root.json().get("note").asText()).contains("development only");
        assertThat(root.contentType()).isEqualTo(RegistryClientForTests.CONTENT_TYPE);
        assertThat(client.get("/schemas/types").json()).isEqualTo(json("[\"AVRO\"]"));
        assertThat(client.get("/mode").json()).isEqualTo(json("{\"mode\":\"READWRITE\"}"));
        assertError(client.get("/mode/a"), 404, 40409);
    }

    @Test
    void shouldRegisterAndFindAgainInEveryWay() throws Exception {
        Answer registered = client.postSchema("/subjects/a/versions", V1);
        assertThat(registered.status()).isEqualTo(200);
        assertThat(registered.contentType()).isEqualTo(RegistryClientForTests.CONTENT_TYPE);
        int id = registered.json().get("id").asInt();
        assertThat(id).isPositive();
        int second = client.register("a", V2);

        assertThat(client.get("/subjects").json()).isEqualTo(json("[\"a\"]"));
        assertThat(client.get("/subjects/a/versions").json()).isEqualTo(json("[1,2]"));
        JsonNode first = client.get("/subjects/a/versions/1").json();
        assertThat(first.get("subject").asText()).isEqualTo("a");
        assertThat(first.get("version").asInt()).isEqualTo(1);
        assertThat(first.get("id").asInt()).isEqualTo(id);
        assertThat(first.get("schema").asText()).isEqualTo(V1);
        assertThat(client.get("/subjects/a/versions/latest")
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(client.get("/subjects/a/versions/-1").json().get("id").asInt())
                .isEqualTo(second);
        assertThat(client.get("/subjects/a/versions/latest/schema").json()).isEqualTo(json(V2));
        assertThat(client.get("/subjects/a/versions/1/referencedby").json()).isEqualTo(json("[]"));
        assertThat(client.get("/schemas/ids/" + id).json().get("schema").asText())
                .isEqualTo(V1);
        assertThat(client.get("/schemas/ids/" + id + "/schema").json()).isEqualTo(json(V1));
        assertThat(client.get("/schemas/ids/" + id + "/versions").json())
                .isEqualTo(json("[{\"subject\":\"a\",\"version\":1}]"));
        assertThat(client.get("/schemas/ids/" + id + "/subjects").json()).isEqualTo(json("[\"a\"]"));
        JsonNode found = client.postSchema("/subjects/a", V2).json();
        assertThat(found.get("version").asInt()).isEqualTo(2);
        assertThat(found.get("id").asInt()).isEqualTo(second);
    }

    @Test
    void shouldGiveTheSameSchemaTheSameIdInAllSubjectsAndOnlyOneVersionInEach() throws Exception {
        int id = client.register("a", V1);
        assertThat(client.register("b", V1)).isEqualTo(id);
        String spelledOtherwise = "{ \"name\" : \"shop.Order\", \"type\":\"record\",\n \"fields\":"
                + "[{\"type\":{\"type\":\"string\"},\"name\":\"id\"}] }";
        assertThat(client.register("a", spelledOtherwise)).isEqualTo(id);
        assertThat(client.register("c", OTHER)).isNotEqualTo(id);
        assertThat(client.get("/subjects/a/versions").json()).isEqualTo(json("[1]"));
        assertThat(client.get("/schemas/ids/" + id + "/versions").json())
                .isEqualTo(json("[{\"subject\":\"a\",\"version\":1},{\"subject\":\"b\",\"version\":1}]"));
        assertThat(client.get("/subjects?subjectPrefix=b").json()).isEqualTo(json("[\"b\"]"));
    }

    @Test
    void shouldOverlookTheOrderOfPropertiesWhereToldToNormalize() throws Exception {
        String one = "{\"type\":\"string\",\"b\":1,\"a\":{\"y\":1,\"x\":2}}";
        String two = "{\"type\":\"string\",\"a\":{\"x\":2,\"y\":1},\"b\":1}";
        int id = client.postSchema("/subjects/n/versions?normalize=true", one)
                .json()
                .get("id")
                .asInt();
        Answer same = client.postSchema("/subjects/n/versions?normalize=true", two);
        assertThat(same.json().get("id").asInt()).isEqualTo(id);
        assertThat(client.postSchema("/subjects/n?normalize=true", one)
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(1);
        assertError(client.postSchema("/subjects/n", one), 404, 40403);
    }

    @Test
    void shouldTakeSubjectsWithAnyCharacters() throws Exception {
        for (String encoded : List.of("events.order_created-value", "a%2Fb", "a%20b", "a+b", "%C3%BC", ":.ctx:a")) {
            int id = client.register(encoded, V1);
            assertThat(client.get("/subjects/" + encoded + "/versions/1")
                            .json()
                            .get("id")
                            .asInt())
                    .isEqualTo(id);
        }
        assertThat(client.get("/subjects").json())
                .isEqualTo(json("[\":.ctx:a\",\"a b\",\"a+b\",\"a/b\",\"events.order_created-value\",\"ü\"]"));
    }

    @Test
    void shouldRefuseAnIncompatibleSchemaAndSayWhy() throws Exception {
        client.register("a", V1);
        Answer refused = client.postSchema("/subjects/a/versions", INCOMPATIBLE);
        assertError(refused, 409, 409);
        assertThat(refused.json().get("message").asText())
                .contains("'a'", "READER_FIELD_MISSING_DEFAULT_VALUE", "must");
        assertThat(client.get("/subjects/a/versions").json()).isEqualTo(json("[1]"));
        // The same schema is welcome elsewhere, and here under another level.
        client.register("b", INCOMPATIBLE);
        client.put("/config/a", "{\"compatibility\":\"NONE\"}");
        client.register("a", INCOMPATIBLE);
    }

    @Test
    void shouldSayWhetherASchemaWouldBeCompatible() throws Exception {
        client.register("a", V1);
        String latest = "/compatibility/subjects/a/versions/latest";
        assertThat(client.postSchema(latest, V2).json()).isEqualTo(json("{\"is_compatible\":true}"));
        assertThat(client.postSchema(latest, INCOMPATIBLE).json()).isEqualTo(json("{\"is_compatible\":false}"));
        JsonNode verbose =
                client.postSchema(latest + "?verbose=true", INCOMPATIBLE).json();
        assertThat(verbose.get("messages").get(0).asText()).contains("must");
        assertThat(client.postSchema("/compatibility/subjects/a/versions/1", V2).json())
                .isEqualTo(json("{\"is_compatible\":true}"));
        assertThat(client.postSchema("/compatibility/subjects/a/versions", INCOMPATIBLE)
                        .json())
                .isEqualTo(json("{\"is_compatible\":false}"));
        assertThat(client.postSchema("/compatibility/subjects/new/versions/latest", V1)
                        .json())
                .isEqualTo(json("{\"is_compatible\":true}"));
        assertError(client.postSchema("/compatibility/subjects/new/versions/1", V1), 404, 40401);
        assertError(client.postSchema("/compatibility/subjects/a/versions/7", V1), 404, 40402);
        assertError(client.postSchema("/compatibility/subjects/a/versions/x", V1), 422, 42202);
        assertError(client.postSchema(latest, "{"), 422, 42201);
    }

    @Test
    void shouldKeepLevelsOfAllAndOfOneSubject() throws Exception {
        assertThat(client.get("/config").json()).isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD\"}"));
        assertError(client.get("/config/a"), 404, 40408);
        assertThat(client.get("/config/a?defaultToGlobal=true").json())
                .isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD\"}"));
        assertThat(client.put("/config/a", "{\"compatibility\":\"FULL_TRANSITIVE\"}")
                        .json())
                .isEqualTo(json("{\"compatibility\":\"FULL_TRANSITIVE\"}"));
        assertThat(client.put("/config", "{\"compatibility\":\"NONE\"}").json())
                .isEqualTo(json("{\"compatibility\":\"NONE\"}"));
        assertThat(client.get("/config").json()).isEqualTo(json("{\"compatibilityLevel\":\"NONE\"}"));
        assertThat(client.get("/config/a").json()).isEqualTo(json("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}"));
        assertError(client.put("/config", "{\"compatibility\":\"SIDEWAYS\"}"), 422, 42203);
        assertError(client.put("/config", "{}"), 422, 42203);

        reopen();
        assertThat(client.get("/config").json()).isEqualTo(json("{\"compatibilityLevel\":\"NONE\"}"));
        assertThat(client.delete("/config/a").json()).isEqualTo(json("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}"));
        assertError(client.get("/config/a"), 404, 40408);
        assertError(client.delete("/config/a"), 404, 40401);
        assertThat(client.delete("/config").json()).isEqualTo(json("{\"compatibilityLevel\":\"NONE\"}"));
        reopen();
        assertThat(client.get("/config").json()).isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD\"}"));
    }

    @Test
    void shouldDeleteSoftlyThenPermanentlyAndNeverGiveAnIdTwice() throws Exception {
        int id = client.register("a", V1);
        client.register("a", V2);
        assertError(client.delete("/subjects/a/versions/1?permanent=true"), 404, 40407);
        assertThat(client.delete("/subjects/a/versions/1").json()).isEqualTo(json("1"));
        assertError(client.delete("/subjects/a/versions/1"), 404, 40406);
        assertError(client.get("/subjects/a/versions/1"), 404, 40402);
        assertThat(client.get("/subjects/a/versions/1?deleted=true").status()).isEqualTo(200);
        assertThat(client.get("/subjects/a/versions?deleted=true").json()).isEqualTo(json("[1,2]"));
        assertThat(client.get("/schemas/ids/" + id).status())
                .as("data may still name it")
                .isEqualTo(200);
        assertThat(client.get("/schemas/ids/" + id + "/versions").json()).isEqualTo(json("[]"));
        assertError(client.postSchema("/subjects/a", V1), 404, 40403);
        assertThat(client.postSchema("/subjects/a?deleted=true", V1)
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(1);

        assertError(client.delete("/subjects/a?permanent=true"), 404, 40405);
        assertThat(client.delete("/subjects/a").json()).isEqualTo(json("[2]"));
        assertError(client.delete("/subjects/a"), 404, 40404);
        assertThat(client.get("/subjects").json()).isEqualTo(json("[]"));
        assertThat(client.get("/subjects?deleted=true").json()).isEqualTo(json("[\"a\"]"));
        assertThat(client.delete("/subjects/a/versions/1?permanent=true").json())
                .isEqualTo(json("1"));
        assertThat(client.delete("/subjects/a?permanent=true").json()).isEqualTo(json("[2]"));
        assertThat(client.get("/subjects?deleted=true").json()).isEqualTo(json("[]"));
        assertError(client.get("/schemas/ids/" + id), 404, 40403);

        reopen();
        assertError(client.get("/subjects/a/versions"), 404, 40401);
        int otherId = client.register("a", OTHER);
        assertThat(otherId).isGreaterThan(id + 1);
        assertThat(client.get("/subjects/a/versions").json()).isEqualTo(json("[3]"));
        assertThat(client.register("b", V1)).isEqualTo(id);
    }

    @Test
    void shouldMakeANewVersionOfASchemaThatWasDeleted() throws Exception {
        int id = client.register("a", V1);
        client.delete("/subjects/a");
        assertThat(client.register("a", V1)).isEqualTo(id);
        assertThat(client.get("/subjects/a/versions").json()).isEqualTo(json("[2]"));
    }

    @Test
    void shouldFindEverythingAgainAfterARestart() throws Exception {
        int first = client.register("a", V1);
        int second = client.register("a", V2);
        int third = client.register("b", OTHER);
        reopen();
        assertThat(client.get("/subjects").json()).isEqualTo(json("[\"a\",\"b\"]"));
        assertThat(client.register("a", V2)).isEqualTo(second);
        assertThat(client.register("c", V1)).isEqualTo(first);
        assertThat(client.register("d", "\"long\"")).isEqualTo(third + 1);
        assertThat(client.get("/subjects/a/versions").json()).isEqualTo(json("[1,2]"));
    }

    @Test
    void shouldGiveOneIdToASchemaThatManyRegisterAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> ids = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String subject = "s" + i % 4;
                String schema =
                        SchemaBuilder.record("R" + i % 5).fields().endRecord().toString();
                ids.add(threads.submit(() -> client.register(subject + schema.hashCode(), schema)));
            }
            Set<Integer> different = new TreeSet<>();
            for (Future<Integer> id : ids) {
                different.add(id.get(60, TimeUnit.SECONDS));
            }
            assertThat(different).hasSize(5);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /subjects/none/versions, 404, 40401",
        "GET, /subjects/none/versions/1, 404, 40401",
        "GET, /subjects/none/versions/latest, 404, 40401",
        "GET, /subjects/a/versions/99, 404, 40402",
        "GET, /subjects/a/versions/0, 422, 42202",
        "GET, /subjects/a/versions/-2, 422, 42202",
        "GET, /subjects/a/versions/first, 422, 42202",
        "GET, /subjects/a/versions/99999999999, 422, 42202",
        "GET, /schemas/ids/424242, 404, 40403",
        "GET, /schemas/ids/424242/schema, 404, 40403",
        "GET, /schemas/ids/424242/versions, 404, 40403",
        "GET, /schemas/ids/0, 404, 40403",
        "GET, /schemas/ids/x, 404, 404",
        "DELETE, /subjects/none, 404, 40401",
        "DELETE, /subjects/none/versions/1, 404, 40401",
        "DELETE, /subjects/a/versions/99, 404, 40402",
        "GET, /nowhere, 404, 404",
        "GET, /subjects//versions, 404, 404",
        "PATCH, /subjects, 405, 405",
        "PUT, /schemas/types, 405, 405",
    })
    void shouldAnswerEveryMistakeInThePathByItsNumber(String method, String path, int status, int code)
            throws Exception {
        client.register("a", V1);
        assertError(client.call(method, path, null, RegistryClientForTests.CONTENT_TYPE), status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"x\"", "nonsense", "{\"schema\":\"\\\"string\\\"\"", "null", "\u0000"})
    void shouldRefuseABodyThatIsNoJsonObject(String body) throws Exception {
        assertError(client.post("/subjects/a/versions", body), 400, 400);
    }

    @Test
    void shouldRefuseAnEmptyBodyAndWrongEscapes() throws Exception {
        assertError(client.post("/subjects/a/versions", ""), 400, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"schema\":null}",
                "{\"schema\":\"\"}",
                "{\"schema\":7}",
                "{\"schema\":{\"type\":\"string\"}}",
                "{\"schema\":\"nonsense\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"A\\\"}\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"9\\\",\\\"fields\\\":[]}\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"A\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"int\\\",\\\"default\\\":\\\"no\\\"}]}\"}",
                "{\"schema\":\"\\\"string\\\"\",\"schemaType\":\"PROTOBUF\"}",
                "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"x\",\"subject\":\"y\",\"version\":1}]}",
            })
    void shouldRefuseWhatIsNoAvroSchemaOfItsOwn(String body) throws Exception {
        assertError(client.post("/subjects/a/versions", body), 422, 42201);
        assertThat(client.get("/subjects").json()).isEqualTo(json("[]"));
    }

    @Test
    void shouldTakeWhatClientsSendAlongAndRefuseWhatItCannotDo() throws Exception {
        String likeConfluents = "{\"schema\":\"\\\"string\\\"\",\"schemaType\":\"AVRO\",\"references\":[],"
                + "\"version\":-1,\"id\":-1,\"metadata\":null,\"ruleSet\":null}";
        assertThat(client.post("/subjects/a/versions", likeConfluents).status()).isEqualTo(200);
        assertThat(client.post("/subjects/b/versions", "{\"schema\":\"\\\"string\\\"\",\"schemaType\":null}")
                        .status())
                .isEqualTo(200);
        assertError(client.post("/subjects/a/versions", "{\"schema\":\"\\\"string\\\"\",\"id\":7}"), 422, 42205);
        assertThat(client.call("POST", "/subjects/a/versions", likeConfluents, "application/json; charset=utf-8")
                        .status())
                .isEqualTo(200);
        assertError(client.call("POST", "/subjects/a/versions", likeConfluents, "text/plain"), 415, 415);
    }

    @Test
    void shouldRefuseAHugeBodyAndDeepNesting() throws Exception {
        assertError(client.post("/subjects/a/versions", "{\"schema\":\"" + "x".repeat(5 << 20) + "\"}"), 413, 413);
        String deep = "{\"type\":\"array\",\"items\":".repeat(5000) + "\"int\"" + "}".repeat(5000);
        assertError(client.postSchema("/subjects/a/versions", deep), 422, 42201);
        assertThat(client.get("/subjects").status()).isEqualTo(200);
    }

    @Test
    void shouldReportABackendErrorWhileKafkaIsAwayAndGoOnWhenItIsBack() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            RegistryClientForTests there;
            try (DevRegistry impatient = DevRegistry.builder(kafka.bootstrapServers())
                    .kafkaProperty("request.timeout.ms", "500")
                    .kafkaProperty("delivery.timeout.ms", "1000")
                    .kafkaProperty("max.block.ms", "1500")
                    .start()) {
                there = new RegistryClientForTests(impatient.url());
                int id = there.register("a", V1);
                kafka.stop();
                assertError(there.postSchema("/subjects/a/versions", V2), 500, 50001);
                assertError(there.put("/config", "{\"compatibility\":\"NONE\"}"), 500, 50001);
                assertThat(there.get("/schemas/ids/" + id).status())
                        .as("reads go on")
                        .isEqualTo(200);
                assertThat(there.get("/subjects/a/versions").json()).isEqualTo(json("[1]"));
                assertThat(there.register("a", V1)).as("nothing to write").isEqualTo(id);

                kafka.start();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(() ->
                                there.postSchema("/subjects/b/versions", OTHER).status() == 200);
                there.register("a", V2);
            }
            try (DevRegistry again = DevRegistry.start(kafka.bootstrapServers())) {
                client = new RegistryClientForTests(again.url());
                assertThat(client.get("/subjects").json()).isEqualTo(json("[\"a\",\"b\"]"));
                assertThat(client.get("/config").json()).isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD\"}"));
                assertThat(client.get("/subjects/a/versions").json()).isEqualTo(json("[1,2]"));
            }
        }
    }

    @Test
    void shouldLetOnlyTheLaterOfTwoRegistriesOnOneTopicWrite() throws Exception {
        int id = client.register("a", V1);
        try (DevRegistry later = DevRegistry.builder(space.bootstrapServers())
                .topic(space.name("_schemas"))
                .start()) {
            RegistryClientForTests laterClient = new RegistryClientForTests(later.url());
            assertThat(laterClient.register("b", V1)).isEqualTo(id);
            for (int i = 0; i < 2; i++) {
                Answer refused = client.postSchema("/subjects/a/versions", V2);
                assertError(refused, 500, 50001);
                assertThat(refused.json().get("message").asText()).contains("another registry");
            }
            laterClient.register("a", V2);
            assertThat(laterClient.get("/subjects/a/versions").json()).isEqualTo(json("[1,2]"));
        }
    }

    @Test
    void shouldSkipRecordsInItsTopicThatItCannotRead() throws Exception {
        int id = client.register("a", V1);
        registry.close();
        try (KafkaProducer<String, String> vandal = new KafkaProducer<>(
                Map.of("bootstrap.servers", space.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            String topic = space.name("_schemas");
            for (String[] record : new String[][] {
                {null, "no key"},
                {"not json", "{}"},
                {"{\"keytype\":\"SCHEMA\"}", "{\"subject\":\"x\"}"},
                {"{\"keytype\":\"SCHEMA\"}", "nonsense"},
                {"{\"keytype\":\"SCHEMA\"}", null},
                {"{\"keytype\":\"NOOP\",\"magic\":0}", ""},
                {"{\"keytype\":\"UNKNOWN\"}", "{}"},
                {"{\"keytype\":\"CONFIG\"}", "{\"compatibilityLevel\":\"SIDEWAYS\"}"},
                {
                    "{\"keytype\":\"SCHEMA\",\"subject\":\"z\",\"version\":1,\"magic\":1}",
                    "{\"subject\":\"z\",\"version\":1,\"id\":" + id + ",\"schema\":\"\\\"int\\\"\",\"deleted\":false}"
                },
            }) {
                // A compacted topic takes no record without a key: the broker refuses it, which is as well.
                if (record[0] != null) {
                    vandal.send(new ProducerRecord<>(topic, record[0], record[1]))
                            .get(30, TimeUnit.SECONDS);
                }
            }
        }
        open();
        assertThat(client.get("/subjects").json()).isEqualTo(json("[\"a\"]"));
        assertThat(client.get("/schemas/ids/" + id).json().get("schema").asText())
                .isEqualTo(V1);
    }

    @Test
    void shouldRefuseATopicThatWouldLoseSchemasATakenPortAndAnAbsentKafka() {
        String deleting = space.createTopic("deleting", 1, Map.of("cleanup.policy", "delete"));
        String wide = space.createTopic("wide", 3, Map.of("cleanup.policy", "compact"));
        for (String topic : List.of(deleting, wide)) {
            assertThatThrownBy(() -> DevRegistry.builder(space.bootstrapServers())
                            .topic(topic)
                            .start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(topic);
        }
        assertThatThrownBy(() -> DevRegistry.builder(space.bootstrapServers())
                        .topic(space.name("_other"))
                        .port(registry.port())
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port " + registry.port());
        assertThatThrownBy(() -> DevRegistry.builder("127.0.0.1:1")
                        .kafkaProperty("default.api.timeout.ms", "1000")
                        .kafkaProperty("request.timeout.ms", "500")
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("_schemas");
    }

    @Test
    void shouldAnswerQuickly() throws Exception {
        int id = client.register("a", V1);
        for (int i = 0; i < 50; i++) {
            client.get("/schemas/ids/" + id);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            client.get("/schemas/ids/" + id);
        }
        double millis = (System.nanoTime() - start) / 1e6 / 100;
        System.out.printf("%.2f ms for each of 100 answers%n", millis);
        // Nagle's algorithm against delayed acknowledgements would make it 40.
        assertThat(millis).isLessThan(30);
    }

    @Test
    void shouldKeepDefaultsDocsAliasesAndLogicalTypesOfWhatItStores() throws Exception {
        Schema rich = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"n\",\"doc\":\"what\",\"aliases\":[\"Old\"],"
                                + "\"fields\":[{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"},"
                                + "\"doc\":\"when\"},{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":"
                                + "[\"A\",\"B\"],\"default\":\"A\"},\"default\":\"B\"},{\"name\":\"m\",\"type\":{\"type\":\"bytes\","
                                + "\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2},\"order\":\"ignore\"}],\"owner\":\"me\"}");
        for (String query : List.of("", "?normalize=true")) {
            int id = client.postSchema("/subjects/r/versions" + query, rich.toString())
                    .json()
                    .get("id")
                    .asInt();
            String stored =
                    client.get("/schemas/ids/" + id).json().get("schema").asText();
            Schema read = new Schema.Parser().parse(stored);
            assertThat(read).isEqualTo(rich);
            assertThat(read.toString()).isEqualTo(rich.toString());
        }
    }

    private void reopen() {
        registry.close();
        open();
    }

    private static void assertError(Answer answer, int status, int code) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.errorCode()).as("%s", answer).isEqualTo(code);
        assertThat(answer.json().get("message").asText()).isNotBlank();
        assertThat(answer.contentType()).isEqualTo(RegistryClientForTests.CONTENT_TYPE);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
