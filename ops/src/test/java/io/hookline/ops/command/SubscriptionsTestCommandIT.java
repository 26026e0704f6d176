package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class SubscriptionsTestCommandIT {
    private static final String SUBSCRIPTIONS = """
            id: vip
            tenant: acme
            url: https://vip.example/
            eventTypes: [order_created]
            filter: {data: {amount: [{numeric: ['>', 100]}]}}
            ---
            id: all
            tenant: acme
            url: https://all.example/
            eventTypes: ['*']
            status: paused
            ---
            id: users
            tenant: acme
            url: https://users.example/
            eventTypes: [user_register]
            """;

    @TempDir
    Path home;

    private OpsKafka ops;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) throws Exception {
        ops = new OpsKafka(space, 4);
        hookline = CommandLineFixture.of(ops, home);
        Path file = Files.writeString(home.resolve("subscriptions.yaml"), SUBSCRIPTIONS);
        hookline.run("subscriptions", "apply", file.toString());
    }

    @AfterEach
    void close() {
        ops.close();
    }

    private Path event(String amount) throws Exception {
        return Files.writeString(
                home.resolve("event.json"),
                "{\"type\": \"order_created\", \"tenant\": \"acme\",\n \"data\": {\"amount\": " + amount + "}}\n");
    }

    @Test
    void shouldTellThoseThatMatchAndWhichConditionKeepsTheOthersApart() throws Exception {
        Ran much =
                hookline.run("subscriptions", "test", "--event", event("120.50").toString());
        Ran little =
                hookline.run("subscriptions", "test", "--event", event("99").toString());

        assertThat(much.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(much.out().lines())
                .containsExactlyInAnyOrder("vip matches", "all matches (paused: its deliveries wait)");
        assertThat(little.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(little.out())
                .contains("vip does not match: data.amount is 99, expected ")
                .doesNotContain("users");
        assertThat(little.err()).contains("1 subscription matches, 1 does not.");
    }

    @Test
    void shouldEndWithOneWhereANamedOneDoesNotMatch() throws Exception {
        Ran users = hookline.run(
                "subscriptions", "test", "users", "--event", event("1").toString(), "--json");
        Ran vip = hookline.run(
                "subscriptions", "test", "vip", "--event", event("101").toString(), "--json");
        Ran nobody = hookline.run(
                "subscriptions", "test", "nobody", "--event", event("1").toString());

        assertThat(users.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(users.out())
                .isEqualTo("{\"subscription\":\"users\",\"matches\":false,\"paused\":false,\"reasons\":"
                        + "[\"type is \\\"order_created\\\", expected user_register\"]}\n");
        assertThat(vip.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(nobody.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void shouldTakeDataAloneFromStandardInput() {
        Ran ran = hookline.runWithInput(
                "{\"amount\": 500}",
                "subscriptions",
                "test",
                "vip",
                "--event",
                "-",
                "--type",
                "order_created",
                "--tenant",
                "acme");

        assertThat(ran.out()).isEqualTo("vip matches\n");
    }

    @Test
    void shouldSayWhatIsWrongWithTheEvent() throws Exception {
        Path file = Files.writeString(home.resolve("event.json"), "{\"amount\": 1}");
        Ran ran = hookline.run("subscriptions", "test", "--event", file.toString());

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("event.json", "no attribute 'amount'");
    }
}
