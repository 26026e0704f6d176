package io.hookline.ops.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.serde.GenericAvro;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class EmitCommandIT {
    @TempDir
    Path home;

    private OpsKafka ops;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, 2);
        hookline = CommandLineFixture.of(ops, home);
        hookline.run("topics", "create", "--event-type", "order_created", "--partitions", "2");
    }

    @AfterEach
    void close() {
        ops.close();
    }

    @Test
    void shouldEmitOneEventFromArguments() {
        Ran ran = hookline.run(
                "emit",
                "order_created",
                "--data",
                "{\"order\":12345678901234567890,\"amount\":1.10}",
                "--key",
                "k",
                "--tenant",
                "acme",
                "--id",
                "e-1",
                "--source",
                "/shop",
                "--subject",
                "o-1");

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).startsWith("e-1 emitted to " + ops.prefix + "events.order_created (partition ");
        ConsumerRecord<byte[], byte[]> record = events("order_created").get(0);
        EventAttributes attributes = EventHeaders.read(record.headers());
        assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"order\":12345678901234567890,\"amount\":1.10}");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("k");
        assertThat(attributes.tenant()).isEqualTo("acme");
        assertThat(attributes.source()).isEqualTo("/shop");
        assertThat(attributes.isJson()).isTrue();
    }

    @Test
    void shouldEmitNothingWhileALineIsWrongAndListThemAll() throws Exception {
        Path good = Files.writeString(home.resolve("good.ndjson"), "{\"n\":1}\n".repeat(500));
        Path bad = Files.writeString(home.resolve("bad.ndjson"), "{\"n\":1}\n{\"n\":}\n{\"n\":3}\noops\n{\"n\":5}\n");

        Ran refused =
                hookline.run("emit", "order_created", "--file", good.toString(), "--file", bad.toString(), "--json");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains(
                        "error: " + bad + ":2:6: ", "error: " + bad + ":4:", "2 lines are wrong; nothing was emitted");
        assertThat(refused.out()).contains("\"emitted\":0,\"valid\":503,\"invalid\":2");
        assertThat(events("order_created")).isEmpty();

        Ran skipped = hookline.run("emit", "order_created", "--file", bad.toString(), "--skip-invalid");

        assertThat(skipped.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(skipped.out()).isEqualTo("3 events emitted\n");
        assertThat(events("order_created")).hasSize(3);
    }

    @Test
    void shouldEmitEnvelopesOfSeveralTypesFromStandardInput() {
        hookline.run("topics", "create", "--event-type", "user_register", "--partitions", "1");

        Ran ran = hookline.runWithInput("""
                {"type":"order_created","key":"1","data":{"n":1}}

                {"type":"user_register","tenant":"acme","time":"2026-11-24T08:30:00Z","data":{"n":2}}
                """, "emit", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out())
                .contains("\"emitted\":2")
                .contains("\"order_created\":1")
                .contains("\"user_register\":1");
        assertThat(EventHeaders.read(events("user_register").get(0).headers()).time())
                .hasToString("2026-11-24T08:30:00Z");
    }

    @Test
    void shouldEmitAvroByAFileThenByTheNewestSchemaOfTheRegistry() throws Exception {
        Path schema = Files.writeString(home.resolve("order.avsc"), """
                {"type":"record","name":"Order","fields":[{"name":"n","type":"int"},
                 {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}""");

        Ran byFile = hookline.run(
                "emit", "order_created", "--data", "{\"n\":1,\"price\":9.99}", "--schema", schema.toString());
        Ran byRegistry =
                hookline.run("emit", "order_created", "--data", "{\"n\":2,\"price\":10}", "--schema", "latest");
        Ran wrong = hookline.run("emit", "order_created", "--data", "{\"n\":2,\"prise\":10}", "--schema", "latest");
        Ran noSubject = hookline.run("emit", "other", "--data", "{\"n\":2}", "--schema", "latest");

        assertThat(byFile.exitCode()).as(byFile.err()).isEqualTo(ExitCode.OK);
        assertThat(byRegistry.exitCode()).as(byRegistry.err()).isEqualTo(ExitCode.OK);
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("--data:1: field 'prise' is not in the schema Order; did you mean 'price'?");
        assertThat(noSubject.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        List<Object> read = new ArrayList<>();
        try (KafkaConnection kafka = ops.connect()) {
            GenericAvro avro = GenericAvro.converting(kafka.registry());
            events("order_created")
                    .forEach(r -> read.add(avro.decodeBlocking(r.value()).get("n")));
        }
        assertThat(read).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void shouldCreateATopicWithThePartitionsOfTheInstallationAndSayWhoReceivesAnEventOfNobody() {
        Ran ofNobody = hookline.run("emit", "brand_new", "--data", "{}");
        Ran ofATenant = hookline.run("emit", "brand_new", "--data", "{}", "--tenant", "acme");

        assertThat(ofNobody.exitCode()).as(ofNobody.err()).isEqualTo(ExitCode.OK);
        assertThat(ofNobody.err()).contains("1 event without a tenant", "only platform-wide subscriptions", "--tenant");
        assertThat(ofATenant.err()).doesNotContain("without a tenant");
        try (KafkaConnection kafka = ops.connect()) {
            assertThat(kafka.partitionsOf(kafka.names().events("brand_new"))).isEqualTo(2);
        }
    }

    @Test
    void shouldOnlyCheckInADryRun() {
        Ran ran = hookline.runWithInput("{\"n\":1}\n{\"n\":2}\n", "emit", "order_created", "--dry-run");

        assertThat(ran.out()).isEqualTo("2 events would be emitted\n");
        assertThat(events("order_created")).isEmpty();
    }

    @Test
    void shouldRefuseArgumentsThatContradict() {
        assertThat(hookline.run("emit", "no/type", "--data", "{}").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(hookline.run("emit", "t", "--data", "{}", "--file", "x").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(hookline.run("emit", "t", "--data", "{}", "--key", "a", "--key-field", "b")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(hookline.run("emit", "t", "--file", "none.ndjson").err()).contains("none.ndjson");
        assertThat(hookline.run("emit", "t", "--dta", "{}").err()).contains("--dta", "--data");
    }

    private List<ConsumerRecord<byte[], byte[]>> events(String type) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConnection kafka = ops.connect();
                PartitionReader reader = new PartitionReader(kafka)) {
            int partitions = type.equals("order_created") ? 2 : 1;
            reader.readAll(
                    PartitionReader.all(kafka.names().events(type), partitions),
                    PartitionReader.Open.WAIT,
                    records::add);
        }
        return records;
    }
}
