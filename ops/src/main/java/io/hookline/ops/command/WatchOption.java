package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.DurationText;
import io.hookline.ops.cli.ExitCode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Option;

/** Shows something again and again. */
final class WatchOption {
    private static final Duration LEAST = Duration.ofMillis(200);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(names = "--watch", description = "Show it again and again, until interrupted.")
    boolean watch;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "2s",
            description = "How often with --watch. Default: 2s.")
    String every = "2s";

    private Duration pause = Duration.ofSeconds(2);

    /** @throws CommandException where the duration cannot be used */
    void check() {
        try {
            pause = DurationText.parse(every);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "--every '" + every + "' is not usable: " + e.getMessage() + ".");
        }
        if (pause.compareTo(LEAST) < 0) {
            throw new CommandException(ExitCode.USAGE, "--every " + every + " is too often: 200ms is the least.");
        }
    }

    /** Once, or until the thread is interrupted, with {@code InterruptException}. */
    int run(Console console, IntSupplier show) {
        int exitCode = show.getAsInt();
        while (watch) {
            long untilNs = System.nanoTime() + pause.toNanos();
            while (untilNs - System.nanoTime() > 0) {
                if (Thread.interrupted()) {
                    throw new InterruptException("Interrupted.");
                }
                LockSupport.parkNanos(untilNs - System.nanoTime());
            }
            if (console.interactive()) {
                console.out().print(CLEAR);
            }
            exitCode = show.getAsInt();
        }
        return exitCode;
    }
}
