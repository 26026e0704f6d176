package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.EventLog;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class BacktestCommandIT {
    private static final String HEAD = """
            id: crm
            tenant: acme
            url: https://crm.example
            eventTypes: [order_created]
            """;

    @TempDir
    Path home;

    private OpsKafka ops;
    private KafkaConnection kafka;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, 2);
        kafka = ops.connect();
        hookline = CommandLineFixture.of(ops, home);
        EventLog events = new EventLog(kafka).topic("order_created", 2).topic("user_register", 1);
        events.emit("order_created", "acme", 10, i -> "{\"amount\":" + i + "}");
        events.emit("user_register", "acme", 4, i -> "{\"amount\":" + i + "}");
    }

    @AfterEach
    void close() {
        kafka.close();
        ops.close();
    }

    @Test
    void shouldCountWhatWouldHaveMatchedAndShowBodiesAsTheyWouldBeSent() throws IOException {
        String file = file(
                HEAD + "filter: {data: {amount: [{numeric: ['>=', 6]}]}}\ntransform: '{\"total\": data.amount * 2}'\n");

        Ran json = hookline.run("subscriptions", "backtest", "--file", file, "--last", "1h", "--json");
        Ran people = hookline.run("subscriptions", "backtest", "--file", file, "--samples", "1");
        Ran before = hookline.run("subscriptions", "backtest", "--file", file, "--last", "2h", "--until", "1h");

        JsonNode result = new ObjectMapper().readTree(json.out());
        assertThat(json.exitCode()).as(json.err()).isEqualTo(ExitCode.OK);
        assertThat(result.get("events").asLong()).isEqualTo(14);
        assertThat(result.get("matched").asLong()).isEqualTo(4);
        assertThat(result.get("rendered").asLong()).isEqualTo(4);
        assertThat(result.get("byType").toString()).isEqualTo("{\"order_created\":4}");
        assertThat(result.get("samples")).hasSize(3);
        assertThat(new ObjectMapper()
                        .readTree(result.get("samples").get(0).get("body").asText())
                        .get("data")
                        .get("total")
                        .asInt())
                .isGreaterThanOrEqualTo(12);
        assertThat(people.out()).contains("crm: 4 of 14 events match", "events.order_created-", "\"total\":");
        assertThat(before.out()).contains("crm: 0 of 0 events match");
    }

    @Test
    void shouldShowTheErrorsOfATransformAndFail() throws IOException {
        String file = file(HEAD + "transform: '$error(\"no \" & $string(data.amount))'\n");

        Ran ran = hookline.run("subscriptions", "backtest", "--file", file, "--json");

        JsonNode result = new ObjectMapper().readTree(ran.out());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.get("matched").asLong()).isEqualTo(10);
        assertThat(result.get("rendered").asLong()).isZero();
        assertThat(result.get("errors").toString()).contains("no 3");
        assertThat(result.get("samples").get(0).get("error").asText()).isNotEmpty();
    }

    @Test
    void shouldRefuseADocumentThatCouldNotBeApplied() throws IOException {
        Ran ran = hookline.run("subscriptions", "backtest", "--file", file("id: crm\n"));

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("url", "eventTypes");
    }

    private String file(String text) throws IOException {
        return Files.writeString(home.resolve("s.yaml"), text).toString();
    }
}
