package io.hookline.ops.command;

import io.hookline.avro.Attempt;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attempts as rows and as JSON. */
final class AttemptRows {
    /** What most cells need: used where rows are shown as they come. */
    private static final int[] WIDTHS = {24, 16, 30, 7, 6, 14, 10, 9, 10};

    private final Table table;

    AttemptRows(Console console) {
        table = new Table(
                console,
                "STARTED",
                "SUBSCRIPTION",
                "WEBHOOK ID",
                ">ATTEMPT",
                ">STATUS",
                "REASON",
                ">LATENCY MS",
                "NEXT",
                "DETAIL");
    }

    /** Shows the headings now, and each row when it comes. */
    void begin() {
        table.begin(WIDTHS);
    }

    void row(Attempt attempt) {
        table.row(
                attempt.getStartedAt(),
                attempt.getSubscription(),
                attempt.getWebhookId(),
                attempt.getAttempt(),
                attempt.getStatus(),
                lower(attempt.getReason()),
                attempt.getLatencyUs() / 1_000.0,
                lower(attempt.getNext()),
                attempt.getDetail());
    }

    void end() {
        table.end();
    }

    static Map<String, @Nullable Object> json(Attempt attempt) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("startedAt", attempt.getStartedAt().toString());
        json.put("subscription", attempt.getSubscription());
        json.put("webhookId", attempt.getWebhookId());
        json.put("type", attempt.getType());
        json.put("tenant", attempt.getTenant());
        json.put("attempt", attempt.getAttempt());
        json.put("status", attempt.getStatus());
        json.put("reason", lower(attempt.getReason()));
        json.put("latencyMs", attempt.getLatencyUs() / 1_000.0);
        json.put("next", lower(attempt.getNext()));
        json.put(
                "nextAt",
                attempt.getNextAt() == null ? null : attempt.getNextAt().toString());
        json.put("detail", attempt.getDetail());
        ByteBuffer answer = attempt.getAnswer();
        json.put(
                "answer",
                answer == null
                        ? null
                        : StandardCharsets.UTF_8.decode(answer.duplicate()).toString());
        json.put("replayId", attempt.getReplayId());
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
