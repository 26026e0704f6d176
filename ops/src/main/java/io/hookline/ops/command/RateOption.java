package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.ExitCode;
import picocli.CommandLine.Option;

/** How fast deliveries are written. */
final class RateOption {
    private static final int RATE_MAX = 1_000_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Deliveries to write a second at most; 0 for no limit. Default: 1000.")
    int rate = 1_000;

    /** @throws CommandException where it is out of range */
    void check() {
        if (rate < 0 || rate > RATE_MAX) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--rate " + rate + " is not usable: choose 1 to " + RATE_MAX + ", or 0 for no limit.");
        }
    }

    int perSecond() {
        return rate;
    }
}
