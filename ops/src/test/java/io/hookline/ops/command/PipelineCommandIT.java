package io.hookline.ops.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.avro.EventHeader;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Stage;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class PipelineCommandIT {
    private static final byte[] NO_TEXT = {(byte) 0xff, 0, 27};

    @TempDir
    Path home;

    private OpsKafka ops;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, 2);
        hookline = CommandLineFixture.of(ops, home);
    }

    @AfterEach
    void close() {
        ops.close();
    }

    @Test
    void shouldSayThatNothingIsWrongWhereNothingIs() {
        Ran ran = hookline.run("pipeline", "list");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("Nothing that could not be read or routed.");
    }

    @Test
    void shouldCountByFaultAndListTheNewest() {
        write(null, dead(PipelineFault.UNDECODABLE, "events.a", 1, "x".getBytes(UTF_8)));
        write(null, dead(PipelineFault.UNDECODABLE, "events.a", 2, "x".getBytes(UTF_8)));
        write(null, dead(PipelineFault.TOO_LARGE, ops.prefix + "events.b", 3, null));

        Ran all = hookline.run("pipeline", "list", "--limit", "1");
        Ran counts = hookline.run("pipeline", "list", "--count", "--json");
        Ran some = hookline.run("pipeline", "list", "--fault", "too-large", "--type", "b", "--since", "1h", "--json");
        Ran none = hookline.run("pipeline", "list", "--until", "1h", "--json");
        Ran nonsense = hookline.run("pipeline", "list", "--fault", "nonsense");

        assertThat(all.exitCode()).as(all.err()).isEqualTo(ExitCode.OK);
        assertThat(all.out().lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("undecodable router events.a 2 "))
                .anyMatch(line -> line.startsWith("too_large router " + ops.prefix + "events.b 1 "))
                .anyMatch(line -> line.contains(ops.prefix + "events.b-0 offset 3"))
                .noneMatch(line -> line.contains("events.a-0 offset"));
        assertThat(all.err()).contains("3 records in all");
        assertThat(counts.out().lines()).hasSize(2).first().asString().contains("\"records\":2");
        assertThat(some.out().lines()).singleElement().asString().contains("\"offset\":3", "\"fault\":\"too_large\"");
        assertThat(none.out()).isEmpty();
        assertThat(nonsense.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nonsense.err()).contains("known are", "undecodable");
    }

    @Test
    void shouldShowTheRecordAsItWasAsTextOrHexadecimal() throws Exception {
        write("k-1".getBytes(UTF_8), dead(PipelineFault.UNDECODABLE, "events.a", 17, "{\"n\":1}".getBytes(UTF_8)));
        write(NO_TEXT, dead(PipelineFault.UNDECODABLE, "events.a", 18, NO_TEXT));
        List<String> ids = hookline.run("pipeline", "list", "--json")
                .out()
                .lines()
                .map(line -> line.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1"))
                .toList();

        Ran people = hookline.run("pipeline", "show", ids.get(0), ids.get(1).replace('-', ':'));
        JsonNode text = json(hookline.run("pipeline", "show", ids.get(0), "--json"));
        JsonNode binary = json(hookline.run("pipeline", "show", ids.get(1), "--json"));
        Ran missing = hookline.run("pipeline", "show", "0-99", "7-0");
        Ran nonsense = hookline.run("pipeline", "show", "abc");

        assertThat(people.exitCode()).as(people.err()).isEqualTo(ExitCode.OK);
        assertThat(people.out())
                .contains("detail      it is wrong", "offset      17", "key         k-1", "header      h: v")
                .contains("value\n{\"n\":1}\n", "value\n(hex) ff001b\n")
                .doesNotContain("\u001b");
        assertThat(text.get("topic").asText()).isEqualTo("events.a");
        assertThat(text.get("key").asText()).isEqualTo("k-1");
        assertThat(text.get("value").asText()).isEqualTo("{\"n\":1}");
        assertThat(text.get("headers").toString()).isEqualTo("[{\"name\":\"h\",\"value\":\"v\"}]");
        assertThat(binary.get("keyHex").asText()).isEqualTo("ff001b");
        assertThat(binary.get("valueHex").asText()).isEqualTo("ff001b");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(missing.err()).contains("there is no record 0-99", "there is no record 7-0");
        assertThat(nonsense.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static JsonNode json(Ran ran) throws Exception {
        return new ObjectMapper().readTree(ran.out());
    }

    private void write(byte[] key, PipelineDead dead) {
        try (KafkaConnection kafka = ops.connect();
                Producer<byte[], byte[]> producer = kafka.producer(ops.prefix + "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(
                    kafka.names().pipelineDead(),
                    key,
                    kafka.codec(PipelineDead.class).encode(dead)));
            producer.commitTransaction();
        }
    }

    private static PipelineDead dead(PipelineFault fault, String topic, long offset, byte[] value) {
        return PipelineDead.newBuilder()
                .setStage(Stage.ROUTER)
                .setFault(fault)
                .setDetail("it is wrong")
                .setTopic(topic)
                .setPartition(0)
                .setOffset(offset)
                .setRecordedAt(Instant.now())
                .setValue(value == null ? null : ByteBuffer.wrap(value))
                .setHeaders(List.of(EventHeader.newBuilder()
                        .setName("h")
                        .setValue(ByteBuffer.wrap("v".getBytes(UTF_8)))
                        .build()))
                .setFailedAt(Instant.now())
                .build();
    }
}
