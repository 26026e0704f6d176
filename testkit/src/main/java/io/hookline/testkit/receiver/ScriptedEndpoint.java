package io.hookline.testkit.receiver;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** One path of a {@link ScriptedReceiver}: its script, which may change at any time, and its log. Any thread. */
public final class ScriptedEndpoint {
    private final URI url;
    private final RequestLog log;
    private volatile Script script;

    ScriptedEndpoint(URI url, Script script, RequestLog log) {
        this.url = url;
        this.script = script;
        this.log = log;
    }

    /** Where to send webhooks. */
    public URI url() {
        return url;
    }

    public String path() {
        return url.getPath();
    }

    /** From the next request on, does this; what was seen and counted stays. */
    public ScriptedEndpoint script(Script next) {
        this.script = next;
        return this;
    }

    /** How many requests it received, exactly. */
    public long count() {
        return log.received();
    }

    /** How many of the {@link #requests} match. */
    public long count(Predicate<ReceivedRequest> condition) {
        return requests().stream().filter(condition).count();
    }

    /** How many different {@code webhook-id}s it received (exact up to a million). */
    public int distinctIds() {
        return log.distinctIds();
    }

    /** How many answers of this status it sent, exactly. */
    public long answeredWith(int status) {
        return log.answeredWith(status);
    }

    /** The requests in the order received: all, or the newest if there were more than the receiver keeps. */
    public List<ReceivedRequest> requests() {
        return log.newest();
    }

    /** Those of {@link #requests} with this {@code webhook-id}, in the order received. */
    public List<ReceivedRequest> byId(String webhookId) {
        return requests().stream()
                .filter(request -> request.webhookId().filter(webhookId::equals).isPresent())
                .toList();
    }

    /**
     * Blocks until at least {@code count} requests were received, and returns {@link #requests}.
     *
     * @throws IllegalStateException if that takes longer than {@code timeout}, naming how many there were
     */
    public List<ReceivedRequest> awaitCount(long count, Duration timeout) {
        try {
            if (!log.awaitReceived(count, timeout)) {
                throw new IllegalStateException(
                        url + " received " + log.received() + " of " + count + " requests within " + timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for requests to " + url, e);
        }
        return log.newest();
    }

    RequestLog log() {
        return log;
    }

    Script script() {
        return script;
    }
}
