package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.DurationText;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.RouterWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whether to wait until the routers have what was written, and for how long. */
final class WaitOptions {
    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether to wait until every running router has applied what was written. Default: wait.")
    boolean wait = true;

    @Option(
            names = "--wait-timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to wait at most. Default: 30s.")
    String timeout = "30s";

    Duration timeout() {
        try {
            Duration duration = DurationText.parse(timeout);
            if (duration.compareTo(TIMEOUT_MAX) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "--wait-timeout '" + timeout + "' is not usable: " + e.getMessage() + ".");
        }
        throw new CommandException(ExitCode.USAGE, "--wait-timeout '" + timeout + "' is not usable: at most 1h.");
    }

    /**
     * Waits for what these outcomes wrote, if anything and if wanted; tells how it went.
     *
     * @return {@link ExitCode#OK} or {@link ExitCode#UNCONFIRMED}
     */
    int await(Console console, KafkaConnection kafka, List<Outcome> outcomes) {
        Map<Integer, Long> written = new HashMap<>();
        outcomes.stream()
                .filter(o -> o.offset() >= 0)
                .forEach(o -> written.merge(o.partition(), o.offset(), Math::max));
        if (!wait || written.isEmpty()) {
            return ExitCode.OK;
        }
        RouterWatch.Result result = new RouterWatch(kafka).await(written, timeout());
        if (result instanceof RouterWatch.Result.Behind behind) {
            console.warn("written, but not in effect everywhere after " + timeout + ": "
                    + String.join("; ", behind.behind()) + ". It takes effect by itself; --wait-timeout waits longer.");
            return ExitCode.UNCONFIRMED;
        }
        if (result instanceof RouterWatch.Result.NoRouter) {
            console.say("Written. No router is running: it takes effect when one starts.");
        }
        return ExitCode.OK;
    }
}
