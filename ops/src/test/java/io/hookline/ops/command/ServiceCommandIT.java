package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KafkaExtension.class)
class ServiceCommandIT {
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

    /** As a process would be told to end, the thread of the command is interrupted. */
    @ParameterizedTest
    @ValueSource(strings = {"router", "deliverer"})
    void shouldRunUntilInterruptedAndCloseCleanly(String service) throws Exception {
        CompletableFuture<Ran> ended = new CompletableFuture<>();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Thread thread = new Thread(() -> ended.complete(hookline.runWatched(said, service)), service);
        thread.start();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> said.toString(StandardCharsets.UTF_8).contains("is running") || ended.isDone());
        thread.interrupt();

        Ran ran = ended.get(60, TimeUnit.SECONDS);
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).contains(service + " ", "is running");
    }

    @Test
    void shouldPrintSettingsWithTheirSourcesAndHideSecrets() throws Exception {
        Path config = Files.writeString(home.resolve("router.properties"), """
                router.threads=2
                router.commit.interval.ms=50
                sasl.jaas.config=secret stuff
                ssl.truststore.location=/etc/trust.p12
                """);

        Ran ran = hookline.run("router", "--config", config.toString(), "-o", "router.threads=3", "--print-config");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(ran.out())
                .contains("router.threads=3  # command line")
                .contains("router.commit.interval.ms=50  # " + config)
                .contains("router.session.timeout.ms=10000  # default")
                .contains("sasl.jaas.config=[hidden]")
                .contains("ssl.truststore.location=/etc/trust.p12")
                .doesNotContain("secret stuff");
    }

    /** What is not named comes from the file of defaults; a service says so, and never mixes two installations. */
    @Test
    void shouldSayWhatIsRememberedAndKeepTheRememberedRegistryWithItsKafka() throws Exception {
        Path defaults = home.resolve(".config/hookline/defaults.properties");
        Files.createDirectories(defaults.getParent());
        Files.writeString(defaults, "bootstrap.servers=127.0.0.1:9092\nschema.registry.url=http://127.0.0.1:8081\n");
        CommandLineFixture bare = CommandLineFixture.without(home);

        Ran remembered = bare.run("router", "--print-config");
        Ran same = bare.run("deliverer", "--bootstrap-server", "localhost:9092", "--print-config");
        Ran other = bare.run("router", "--bootstrap-server", "127.0.0.1:1");
        Ran command = bare.run("subscriptions", "list", "--bootstrap-server", ops.servers, "--prefix", ops.prefix);

        assertThat(remembered.err().lines())
                .singleElement()
                .asString()
                .contains(defaults.toString(), "bootstrap.servers=127.0.0.1:9092", "http://127.0.0.1:8081");
        assertThat(remembered.out()).contains("schema.registry.url=http://127.0.0.1:8081  # " + defaults);
        assertThat(same.out())
                .contains("bootstrap.servers=localhost:9092", "schema.registry.url=http://127.0.0.1:8081");
        for (Ran ran : new Ran[] {other, command}) {
            assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err())
                    .contains("No schema registry is named: give --registry-url URL")
                    .contains(
                            "The remembered http://127.0.0.1:8081 goes with the remembered Kafka 127.0.0.1:9092 only");
        }
    }

    @Test
    void shouldRefuseUnknownSettings() {
        Ran ran = hookline.run("deliverer", "-o", "deliverer.loop=2");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("deliverer.loop", "deliverer.loops");
    }

    @Test
    void shouldFailWhereTopicsAreMissing() {
        CommandLineFixture elsewhere = CommandLineFixture.without(home);

        Ran ran = elsewhere.run(
                "deliverer",
                "--bootstrap-server",
                ops.servers,
                "--registry-url",
                ops.registry.url(),
                "--prefix",
                "nowhere.");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(ran.err()).contains("hookline topics create");
    }
}
