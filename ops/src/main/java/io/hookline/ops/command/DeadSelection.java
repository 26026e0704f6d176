package io.hookline.ops.command;

import io.hookline.avro.Reason;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.DurationText;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.dead.DeadLetterId;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters a command means. */
final class DeadSelection {
    @Option(names = "--subscription", paramLabel = "ID", description = "Of this subscription.")
    @Nullable
    String subscription;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Of events of this tenant.")
    @Nullable
    String tenant;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of events of this type.")
    @Nullable
    String type;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            split = ",",
            description = "Whose last attempt ended so, such as timeout or server_error; several separated by commas.")
    List<String> reasons = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Recorded since: how long ago (30m, 2d), or an RFC 3339 time.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Recorded before: the same.")
    @Nullable
    String until;

    /**
     * @param ids dead letter ids, all if empty
     * @throws CommandException where an argument cannot be used
     */
    DeadLetterQuery query(List<String> ids, boolean includeMarked, Clock clock) {
        if (subscription != null && !SubscriptionPartition.isId(subscription)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--subscription '" + subscription
                            + "' cannot be a subscription id: 1 to 64 of A-Z a-z 0-9 _ - are accepted.");
        }
        Set<DeadLetterId> parsed = new LinkedHashSet<>();
        try {
            ids.forEach(id -> parsed.add(DeadLetterId.parse(id)));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        Set<Reason> wanted = reasons.stream().map(DeadSelection::reason).collect(Collectors.toSet());
        Instant now = clock.instant();
        return new DeadLetterQuery(
                subscription,
                tenant,
                type,
                wanted,
                time("--since", since, now),
                time("--until", until, now),
                parsed,
                includeMarked);
    }

    /**
     * To be asked where nothing was found.
     *
     * @throws CommandException where a subscription was named that does not exist: perhaps its name is misspelt
     */
    void requireSubscription(KafkaConnection kafka) {
        if (subscription == null) {
            return;
        }
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            if (service.get(subscription).isEmpty()) {
                throw new CommandException(
                        ExitCode.NOT_FOUND,
                        "there is no subscription " + subscription
                                + ", nor a dead letter of it. See 'hookline subscriptions list'.");
            }
        }
    }

    private static Reason reason(String text) {
        for (Reason reason : Reason.values()) {
            if (reason.name().equalsIgnoreCase(text.strip().replace('-', '_'))) {
                return reason;
            }
        }
        throw new CommandException(
                ExitCode.USAGE,
                "--reason '" + text + "' is not known; known are "
                        + List.of(Reason.values()).stream()
                                .map(r -> r.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    static @Nullable Instant time(String option, @Nullable String text, Instant now) {
        try {
            return text == null ? null : DurationText.time(text, now);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, option + " '" + text + "' is not usable: " + e.getMessage() + ".");
        }
    }
}
