package io.hookline.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hookline.ops.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process and keeps what they print. */
public final class CommandLineFixture {
    private final Map<String, String> environment;
    private final List<String> connection;

    private CommandLineFixture(Map<String, String> environment, List<String> connection) {
        this.environment = environment;
        this.connection = connection;
    }

    /** What a command did. */
    public record Ran(int exitCode, String out, String err) {}

    public static CommandLineFixture of(OpsKafka ops, Path home) {
        return new CommandLineFixture(
                Map.of("HOME", home.toString()),
                List.of(
                        "--bootstrap-server",
                        ops.servers,
                        "--registry-url",
                        ops.registry.url(),
                        "--prefix",
                        ops.prefix));
    }

    public static CommandLineFixture without(Path home) {
        return new CommandLineFixture(Map.of("HOME", home.toString()), List.of());
    }

    /** With the options that name Kafka and registry added at the end. */
    public Ran run(String... arguments) {
        return runWithInput("", arguments);
    }

    public Ran runWithInput(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(connection);
        return execute(input, all.toArray(String[]::new));
    }

    /**
     * As {@link #run}, with what it says on the way readable meanwhile.
     *
     * @param err filled while it runs
     */
    public Ran runWatched(ByteArrayOutputStream err, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(connection);
        return execute(err, "", all.toArray(String[]::new));
    }

    private Ran execute(String input, String... arguments) {
        return execute(new ByteArrayOutputStream(), input, arguments);
    }

    private Ran execute(ByteArrayOutputStream err, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                environment::get);
        int exitCode = Hookline.run(console, List.of(), arguments);
        console.out().flush();
        console.err().flush();
        return new Ran(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }
}
