package io.hookline.deploy.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.deploy.Main;
import io.hookline.ops.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The shortest scenario of the guarantee suite, with processes, kills and all; docs/prove.md. */
@Timeout(600)
class ProveShortXIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldKeepEveryPromiseWhenADelivererARouterAndABrokerAreKilled() throws Exception {
        int exitCode = prove("short", "--json");

        String[] lines = out.toString(StandardCharsets.UTF_8).strip().split("\n", -1);
        JsonNode verdict = new ObjectMapper().readTree(lines[lines.length - 1]);
        assertThat(verdict.get("ok").asBoolean()).as(said()).isTrue();
        assertThat(exitCode).as(said()).isZero();
        assertThat(verdict.get("lost").asLong()).isZero();
        assertThat(verdict.get("misrouted").asLong()).isZero();
        assertThat(verdict.get("reordered").asLong()).isZero();
        assertThat(verdict.get("duplicates").asLong())
                .isLessThanOrEqualTo(verdict.get("duplicatesAllowed").asLong());
        assertThat(verdict.get("events").asLong()).isGreaterThan(500);
        assertThat(verdict.get("dead").asLong()).isPositive();
    }

    @Test
    void shouldRefuseAScenarioThatIsNoneOrCannotRunYet() {
        assertThat(prove("no-such")).isEqualTo(2);
        assertThat(said()).contains("'no-such'", "short", "crash");
        err.reset();
        assertThat(prove("order")).isEqualTo(2);
        assertThat(said()).contains("'order' cannot run yet");
    }

    private int prove(String... arguments) {
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                name -> null);
        ProveCommand command = new ProveCommand(console, Main.class.getName());
        return new CommandLine(command)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    console.say(String.valueOf(failure.getMessage()));
                    return failure instanceof io.hookline.ops.cli.CommandException known ? known.exitCode() : 1;
                })
                .execute(arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
