package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.cli.ExitCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody waits long for a Kafka that is not there, whatever the command and whatever is wrong. */
class DeadBrokerIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path home;

    static List<String> commands() {
        return List.of(
                "topics create",
                "topics check",
                "subscriptions apply FILE",
                "subscriptions list",
                "subscriptions show crm",
                "subscriptions pause crm",
                "subscriptions resume crm",
                "subscriptions delete crm",
                "subscriptions ping crm",
                "dead list",
                "dead show 0-0",
                "dead replay --everything",
                "dead export",
                "dead discard --everything --because x",
                "replay --subscription crm --from 1h",
                "replay list",
                "replay resume replay_x",
                "replay cancel replay_x",
                "attempts --subscription crm",
                "attempts --watch",
                "pipeline list",
                "status",
                "status --watch",
                "topics expand --event-type a --partitions 2",
                "subscriptions backtest --file FILE",
                "router",
                "deliverer");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldFailSoonAndSayWhatWasTried(String command) throws Exception {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        Ran ran = timed(command, "127.0.0.1:" + closedPort);

        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err()).contains("127.0.0.1:" + closedPort, "Connection refused");
    }

    @Test
    void shouldFailSoonWhereSomethingListensThatIsNoKafka() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Ran ran = timed("topics check", "127.0.0.1:" + silent.getLocalPort());

            assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(ran.err()).contains("accepts connections, but did not answer in");
        }
    }

    @Test
    void shouldFailSoonWhereTheNameDoesNotResolve() throws Exception {
        Ran ran = timed("topics check", "no-such-host.invalid:9092");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err()).contains("no-such-host.invalid:9092");
    }

    @Test
    void shouldSayHowToNameAKafkaWhereNoneIsNamed() {
        Ran ran = CommandLineFixture.without(home).run("topics", "check");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("--bootstrap-server", "hookline dev", home.toString());
    }

    @Test
    void shouldSayThatARememberedKafkaIsGone() throws Exception {
        Path defaults = home.resolve(".config/hookline/defaults.properties");
        Files.createDirectories(defaults.getParent());
        Files.writeString(defaults, "bootstrap.servers=127.0.0.1:1\n");

        Ran ran = CommandLineFixture.without(home).run("topics", "check");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err()).contains("remembered from 'hookline dev' in " + defaults);
    }

    @Test
    void shouldRefuseMisspeltSettings() throws Exception {
        Path config = Files.writeString(
                home.resolve("client.properties"), "bootstrap.server=127.0.0.1:1\nbootstrap.servers=x:1\n");

        Ran ran = CommandLineFixture.without(home).run("topics", "check", "--command-config", config.toString());

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("bootstrap.server", "bootstrap.servers");
    }

    private Ran timed(String command, String server) throws Exception {
        Path file = Files.writeString(
                home.resolve("s.yaml"), "id: a\ntenant: t\nurl: https://x.example\neventTypes: ['*']\n");
        String line = command.replace("FILE", file.toString())
                + " --registry-url http://127.0.0.1:1 --bootstrap-server " + server;
        long startNs = System.nanoTime();
        Ran ran = CommandLineFixture.without(home).run(line.split(" ", -1));
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(LIMIT);
        return ran;
    }
}
