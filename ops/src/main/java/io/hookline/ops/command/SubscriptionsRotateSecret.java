package io.hookline.ops.command;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.DurationText;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.SubscriptionService;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code subscriptions rotate-secret}. */
@Command(
        name = "rotate-secret",
        description = {
            "Give subscriptions a new signing secret each, and let the present ones sign as well until the overlap ends.",
            "Every request then carries a signature of each, so that a receiver verifies all of them before and after it goes over. The new secret"
                    + " is printed once; of ed25519 it is the public key, which is no secret."
        },
        footer = {
            "",
            "Examples:",
            "  hookline subscriptions rotate-secret crm",
            "  hookline subscriptions rotate-secret crm --overlap 7d --algorithm ed25519",
            "  hookline subscriptions rotate-secret crm --overlap 0s     # the old one is known to others"
        })
public final class SubscriptionsRotateSecret extends SubscriptionsChange {
    private static final Duration OVERLAP_MAX = Duration.ofDays(90);

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "For how long the present secrets go on signing, at most 90d. Default: ${DEFAULT-VALUE}.")
    String overlap = "24h";

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "hmac-sha256 or ed25519, for the new secret. Default: that of the newest present one.")
    @Nullable
    String algorithm;

    public SubscriptionsRotateSecret(Console console) {
        super(console);
    }

    @Override
    void checkMore() {
        overlap();
        algorithm();
    }

    @Override
    String done() {
        return "given a new signing secret";
    }

    @Override
    List<Outcome> plan(SubscriptionService service, List<String> distinct) {
        return service.planRotation(distinct, overlap(), algorithm());
    }

    @Override
    List<Outcome> change(SubscriptionService service, List<String> distinct) {
        return service.rotateSecrets(distinct, overlap(), algorithm());
    }

    private Duration overlap() {
        Duration given;
        try {
            given = DurationText.parse(overlap);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--overlap is '" + overlap + "': " + e.getMessage() + ".");
        }
        if (given.compareTo(OVERLAP_MAX) > 0) {
            throw new CommandException(ExitCode.USAGE, "--overlap is '" + overlap + "': at most 90d is accepted.");
        }
        return given;
    }

    private @Nullable SigningAlgorithm algorithm() {
        if (algorithm == null) {
            return null;
        }
        return switch (algorithm.toLowerCase(Locale.ROOT)) {
            case "hmac-sha256" -> SigningAlgorithm.HMAC_SHA256;
            case "ed25519" -> SigningAlgorithm.ED25519;
            default ->
                throw new CommandException(
                        ExitCode.USAGE, "--algorithm is '" + algorithm + "': hmac-sha256 or ed25519 is expected.");
        };
    }
}
