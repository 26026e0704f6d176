package io.hookline.ops;

import io.hookline.ops.cli.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One command line in a process of its own, to be killed. */
public final class CommandProcess implements AutoCloseable {
    private static final long DEATH_SECONDS_MAX = 30;

    private final Process process;

    private CommandProcess(Process process) {
        this.process = process;
    }

    public static CommandProcess start(OpsKafka ops, String... arguments) {
        return start(ops, ProcessBuilder.Redirect.DISCARD, arguments);
    }

    /** @param out made anew, and what it prints written there */
    public static CommandProcess start(OpsKafka ops, Path out, String... arguments) {
        return start(ops, ProcessBuilder.Redirect.to(out.toFile()), arguments);
    }

    private static CommandProcess start(OpsKafka ops, ProcessBuilder.Redirect out, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classes, CommandProcess.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--bootstrap-server", ops.servers, "--registry-url", ops.registry.url(), "--prefix", ops.prefix));
        try {
            return new CommandProcess(new ProcessBuilder(command)
                    .redirectOutput(out)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the command line; only so that the class can be started. */
    public static void main(String[] arguments) {
        System.exit(Hookline.run(Console.system(), List.of(), arguments));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}. Returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Waits for the end of the command. */
    public int await() {
        try {
            if (!process.waitFor(DEATH_SECONDS_MAX * 4, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
