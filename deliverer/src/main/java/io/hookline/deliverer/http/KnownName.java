package io.hookline.deliverer.http;

import io.hookline.avro.Reason;
import io.hookline.deliverer.http.NameResolver.Lookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one host name: perhaps addresses and since when, perhaps why the last question failed, perhaps a question under way. All times
 * in milliseconds. Thread-safe; its lock is held for moments only.
 */
final class KnownName {
    /** How old addresses may get before they are asked for again. */
    static final long TTL_MS = 30_000;

    /** How long anybody waits for a first answer. */
    static final long LOOKUP_MS_MAX = 5_000;

    /** How long after a failure the next question comes at the earliest. */
    static final long FAILED_MS = 1_000;

    /** How long after a failure the next question comes at the latest, where the failure itself took long. */
    static final long FAILED_MS_MAX = 30_000;

    /** So that whoever is called for a time-out finds it over by the other clock too. */
    private static final long MARGIN_MS = 20;

    private static final int PAUSES_PER_ANSWER = 10;
    private static final InetAddress[] NONE = {};

    private final String host;
    private InetAddress[] addresses = NONE;
    private long resolvedMs;
    private String failure = "";
    private Reason reason = Reason.NAME_NOT_RESOLVED;
    private long askAgainMs = Long.MIN_VALUE;
    private long askedMs;
    private @Nullable CompletableFuture<Void> question;

    KnownName(String host) {
        this.host = host;
    }

    String host() {
        return host;
    }

    /**
     * Answers from what is known, and has it asked for where that is due.
     *
     * @param ask begins to ask; false where it cannot now
     */
    synchronized Lookup lookup(long now, Predicate<KnownName> ask, Runnable onSettled) {
        boolean isDue = addresses.length == 0 || now - resolvedMs > TTL_MS;
        boolean isRefused = false;
        if (isDue && question == null && now >= askAgainMs) {
            askedMs = now;
            question = new CompletableFuture<>();
            isRefused = !ask.test(this);
            question = isRefused ? null : question;
        }
        if (addresses.length > 0) {
            return failure.isEmpty() || now - resolvedMs <= 2 * TTL_MS
                    ? new Lookup.Known()
                    : new Lookup.Failed(reason, failure);
        }
        return isRefused
                ? new Lookup.Failed(
                        Reason.NAME_NOT_RESOLVED,
                        "too many names wait to be looked up (" + NameResolver.WAITING_MAX + ")")
                : unknown(now, onSettled);
    }

    private Lookup unknown(long now, Runnable onSettled) {
        CompletableFuture<Void> pending = question;
        if (pending == null) {
            return new Lookup.Failed(reason, failure);
        }
        if (now - askedMs >= LOOKUP_MS_MAX) {
            return new Lookup.Failed(
                    Reason.NAME_NOT_RESOLVED,
                    "the name server did not answer within " + LOOKUP_MS_MAX + " ms for '" + host + "'");
        }
        wait(pending, LOOKUP_MS_MAX - (now - askedMs) + MARGIN_MS, onSettled);
        return new Lookup.Pending();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it only ever completes well
    private static void wait(CompletableFuture<Void> question, long forMs, Runnable onSettled) {
        question.copy().completeOnTimeout(null, forMs, TimeUnit.MILLISECONDS).thenRun(onSettled);
    }

    /** The question under way was answered. */
    void resolved(InetAddress[] found, long now) {
        settle(() -> {
            addresses = found;
            resolvedMs = now;
            failure = "";
        });
    }

    /** The question under way was answered with nothing but addresses that may not be connected to: the old ones are no longer its own. */
    void refused(String why, long now) {
        failed(Reason.ADDRESS_REFUSED, why, now);
    }

    /** The question under way failed. */
    void failed(String why, long now) {
        failed(Reason.NAME_NOT_RESOLVED, why, now);
    }

    private void failed(Reason because, String why, long now) {
        settle(() -> {
            failure = why;
            reason = because;
            askAgainMs = now + Math.max(FAILED_MS, Math.min(FAILED_MS_MAX, PAUSES_PER_ANSWER * (now - askedMs)));
            if (because == Reason.ADDRESS_REFUSED || now - resolvedMs > 2 * TTL_MS) {
                addresses = NONE;
            }
        });
    }

    private void settle(Runnable change) {
        CompletableFuture<Void> ended;
        synchronized (this) {
            change.run();
            ended = question;
            question = null;
        }
        if (ended != null) {
            ended.complete(null);
        }
    }

    synchronized InetAddress[] addresses() throws UnknownHostException {
        if (addresses.length == 0) {
            throw reason == Reason.ADDRESS_REFUSED
                    ? new AddressRefusedException(failure)
                    : new UnknownHostException(host);
        }
        return addresses;
    }

    synchronized boolean isAsked() {
        return question != null;
    }

    /** Nobody asks for it now, and whoever does next has to ask the name server anyway. */
    synchronized boolean isForgettable(long now) {
        return question == null && now >= askAgainMs && (addresses.length == 0 || now - resolvedMs > TTL_MS);
    }
}
