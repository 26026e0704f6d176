package io.hookline.ops.command;

import io.hookline.avro.Subscription;
import io.hookline.deliverer.Ping;
import io.hookline.deliverer.answer.Answer;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.ops.subscription.SubscriptionService;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code subscriptions ping}. */
@Command(
        name = "ping",
        description = {
            "Send one signed test event (type " + Ping.TYPE
                    + ") to a subscription's endpoint, now and from here, and show the answer.",
            "Ends with 0 where a deliverer would count it as delivered, else with 1. Nothing is recorded."
        },
        footer = {"", "Examples:", "  hookline subscriptions ping crm"})
public final class SubscriptionsPing extends KafkaCommand {
    @Parameters(paramLabel = "ID", description = "Subscription id.")
    String id = "";

    @Option(names = "--dry-run", description = "Say where it would be sent; send nothing.")
    boolean dryRun;

    public SubscriptionsPing(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        StoredSubscription stored;
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            stored = service.get(id)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.NOT_FOUND,
                            "There is no subscription " + id + ". See 'hookline subscriptions list'."));
        }
        Subscription subscription = stored.subscription();
        if (subscription == null) {
            throw new CommandException(
                    ExitCode.FAILED, "Subscription " + id + " cannot be read: " + stored.unreadable());
        }
        if (dryRun) {
            if (common.json()) {
                Map<String, Object> plan = new LinkedHashMap<>();
                plan.put("subscription", id);
                plan.put("url", subscription.getUrl());
                plan.put("dryRun", true);
                console.json(plan);
            } else {
                console.line("would be sent to " + subscription.getUrl());
            }
            return ExitCode.OK;
        }
        return send(subscription);
    }

    private int send(Subscription subscription) {
        Ping.Result result;
        try {
            result = Ping.send(subscription, connection.settings(console));
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.FAILED, "Subscription " + id + " cannot be delivered to: " + e.getMessage());
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("subscription", id);
        facts.put("url", subscription.getUrl());
        facts.put("webhookId", result.webhookId());
        facts.put("delivered", result.verdict().isSuccess());
        facts.put("reason", result.verdict().reason().name().toLowerCase(Locale.ROOT));
        facts.put("detail", result.verdict().detail());
        facts.put("latencyMs", result.latencyMs());
        if (result.answer() instanceof Answer.Response response) {
            facts.put("status", response.status());
            facts.put("answer", new String(response.body(), StandardCharsets.UTF_8));
        }
        if (common.json()) {
            console.json(facts);
        } else {
            facts.forEach((name, value) -> console.line(
                    String.format("%-13s %s", name, String.valueOf(value).replaceAll("[\\p{Cntrl}&&[^\n]]", "?"))));
        }
        return result.verdict().isSuccess() ? ExitCode.OK : ExitCode.FAILED;
    }
}
