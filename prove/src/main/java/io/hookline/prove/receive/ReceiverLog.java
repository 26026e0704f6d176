package io.hookline.prove.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.hookline.prove.check.Request;
import io.hookline.testkit.receiver.Outcome;
import io.hookline.testkit.receiver.ReceivedRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON line for each request that has ended, with what the receiver makes of it: which event it carries, and whether its signature
 * verifies by the Standard Webhooks library, at the time it came. Any thread.
 */
public final class ReceiverLog implements AutoCloseable {
    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String EMAIL_END = "@example.org";

    private final Map<String, Webhook> verifiers;
    private final BufferedWriter out;
    private long lines;

    /**
     * @param verifiers by subscription; may grow
     */
    ReceiverLog(Path file, Map<String, Webhook> verifiers) {
        this.verifiers = verifiers;
        try {
            this.out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(ReceivedRequest request, Outcome outcome) {
        Request line = line(request, outcome);
        synchronized (this) {
            try {
                out.write(JSON.writeValueAsString(line));
                out.newLine();
                lines++;
            } catch (IOException e) {
                throw new UncheckedIOException("the receivers' log is incomplete", e);
            }
        }
    }

    synchronized long lines() {
        return lines;
    }

    /** Reads a log back. */
    public static List<Request> read(Path file) {
        List<Request> all = new ArrayList<>();
        try (var reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                all.add(JSON.readValue(line, Request.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the receivers' log is incomplete", e);
        }
    }

    private Request line(ReceivedRequest request, Outcome outcome) {
        String subscription = request.path().substring(1);
        JsonNode body = body(request);
        return new Request(
                subscription,
                request.webhookId().orElse(""),
                request.header(TIMESTAMP).map(ReceiverLog::seconds).orElse(0L) * 1_000,
                request.receivedAt().toEpochMilli(),
                outcome.at().toEpochMilli(),
                outcome.kind() == Outcome.Kind.ANSWERED ? outcome.status() : 0,
                isVerified(subscription, request),
                eventId(body.path("data")),
                body.path("type").textValue());
    }

    private boolean isVerified(String subscription, ReceivedRequest request) {
        Webhook verifier = verifiers.get(subscription);
        if (verifier == null) {
            return false;
        }
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach(field -> headers.put(field.name(), List.of(field.value())));
        try {
            verifier.verify(request.bodyText(), HttpHeaders.of(headers, (name, value) -> true));
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static JsonNode body(ReceivedRequest request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static @Nullable String eventId(JsonNode data) {
        String order = data.path("orderId").textValue();
        String email = data.path("email").textValue();
        if (order != null || email == null) {
            return order;
        }
        return email.endsWith(EMAIL_END) ? email.substring(0, email.length() - EMAIL_END.length()) : email;
    }

    private static long seconds(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
