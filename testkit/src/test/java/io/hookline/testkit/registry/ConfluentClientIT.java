package io.hookline.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Confluent's own client, found under Flink's package names, and ours, on one registry. */
@ExtendWith(KafkaExtension.class)
class ConfluentClientIT {
    private static final String V1 = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\","
            + "\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";
    private static final String V2 = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\","
            + "\"fields\":[{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"n\",\"type\":\"int\",\"default\":0}]}";
    private static final String INCOMPATIBLE = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\","
            + "\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
    private static final String SUBJECT = "events.order_created-value";

    private DevRegistry registry;
    private CachedSchemaRegistryClient confluent;

    @BeforeEach
    void start(KafkaSpace space) {
        registry = DevRegistry.builder(space.bootstrapServers())
                .topic(space.name("_schemas"))
                .start();
        confluent = client();
    }

    @AfterEach
    void close() throws Exception {
        confluent.close();
        registry.close();
    }

    @Test
    void shouldRegisterAndFetchByConfluentsClient() throws Exception {
        int id = confluent.register(SUBJECT, new AvroSchema(V1));
        int second = confluent.register(SUBJECT, new AvroSchema(V2), true);
        try (CachedSchemaRegistryClient fresh = client()) {
            assertThat(fresh.getSchemaById(id).canonicalString()).isEqualTo(V1);
            assertThat(fresh.getId(SUBJECT, new AvroSchema(V2))).isEqualTo(second);
            assertThat(fresh.getVersion(SUBJECT, new AvroSchema(V2))).isEqualTo(2);
            assertThat(fresh.getAllSubjects()).containsExactly(SUBJECT);
            assertThat(fresh.getAllVersions(SUBJECT)).containsExactly(1, 2);
            assertThat(fresh.getAllSubjectsById(id)).containsExactly(SUBJECT);
            SchemaMetadata latest = fresh.getLatestSchemaMetadata(SUBJECT);
            assertThat(latest.getVersion()).isEqualTo(2);
            assertThat(latest.getId()).isEqualTo(second);
            assertThat(latest.getSchema()).isEqualTo(V2);
            assertThat(fresh.getSchemaMetadata(SUBJECT, 1).getSchema()).isEqualTo(V1);
        }
    }

    @Test
    void shouldSpeakConfluentsErrorsAndLevels() throws Exception {
        confluent.register(SUBJECT, new AvroSchema(V1));
        assertThat(confluent.testCompatibility(SUBJECT, new AvroSchema(V2))).isTrue();
        assertThat(confluent.testCompatibility(SUBJECT, new AvroSchema(INCOMPATIBLE)))
                .isFalse();
        assertThat(confluent.testCompatibilityVerbose(SUBJECT, new AvroSchema(INCOMPATIBLE)))
                .isNotEmpty();
        assertCode(409, () -> confluent.register(SUBJECT, new AvroSchema(INCOMPATIBLE)));
        assertCode(40403, () -> confluent.getSchemaById(4711));
        assertCode(40401, () -> confluent.getLatestSchemaMetadata("none"));
        assertCode(40403, () -> confluent.getId(SUBJECT, new AvroSchema(V2)));

        assertThat(confluent.getCompatibility(null)).isEqualTo("BACKWARD");
        assertThat(confluent.updateCompatibility(SUBJECT, "NONE")).isEqualTo("NONE");
        assertThat(confluent.getCompatibility(SUBJECT)).isEqualTo("NONE");
        confluent.register(SUBJECT, new AvroSchema(INCOMPATIBLE));
        assertThat(confluent.deleteSchemaVersion(SUBJECT, "1")).isEqualTo(1);
        assertThat(confluent.deleteSubject(SUBJECT)).isEqualTo(List.of(2));
    }

    @Test
    void shouldServeOurClientAndConfluentsAlike() throws Exception {
        try (SchemaRegistryClient ours = SchemaRegistryClient.create(Map.of("schema.registry.url", registry.url()))) {
            int id = confluent.register(SUBJECT, new AvroSchema(V1));
            assertThat(ours.fetch(id).get(30, TimeUnit.SECONDS).toString()).isEqualTo(V1);
        }
    }

    private CachedSchemaRegistryClient client() {
        return new CachedSchemaRegistryClient(registry.url(), 100);
    }

    private static void assertCode(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RestClientException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(code));
    }
}
