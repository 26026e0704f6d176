package io.hookline.deliverer.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Host names to addresses without blocking a caller: {@link #lookup} answers at once from what is known and has the rest looked up on a small
 * pool. A known name is refreshed in the background once it is older than its time to live; until then, and while a refresh fails for
 * less than as long again, the old addresses serve. As {@link DnsResolver} it answers from what is known only.
 *
 * <p>Thread-safe. Bounded: so many threads, so many lookups waiting, so many names remembered.
 */
public final class NameResolver implements DnsResolver, AutoCloseable {
    static final long TTL_MS = 30_000;
    static final long LOOKUP_MS_MAX = 5_000;
    static final long FAILED_MS = 1_000;
    static final int NAMES_MAX = 100_000;

    private static final InetAddress[] NONE = {};
    private static final CompletableFuture<Void> SETTLED = CompletableFuture.completedFuture(null);
    private static final int THREADS = 4;
    private static final int WAITING_MAX = 1_000;

    /** Asks the operating system, or whatever a test puts in its place; may block. */
    @FunctionalInterface
    public interface Source {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** What is known of a name. */
    public sealed interface Lookup {
        /** The client may connect. */
        record Known() implements Lookup {}

        /** The callback will be called. */
        record Pending() implements Lookup {}

        /** There is no such name, or the name server does not answer. */
        record Failed(String detail) implements Lookup {}
    }

    /** @param settled completes when the lookup under way ends; complete where none is */
    private record Entry(InetAddress[] addresses, String failure, long sinceMs, CompletableFuture<Void> settled) {
        boolean isPending() {
            return !settled.isDone();
        }
    }

    private final Source source;
    private final LongSupplier nowMs;
    private final Map<String, Entry> names = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor pool;

    public NameResolver(Source source, LongSupplier nowMs) {
        this.source = source;
        this.nowMs = nowMs;
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), runnable -> {
                    Thread thread = new Thread(runnable, "hookline-names");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * @param onSettled called on a pool thread when a pending lookup has ended, well or not; not called otherwise
     */
    public Lookup lookup(String host, Runnable onSettled) {
        long now = nowMs.getAsLong();
        Entry entry = names.get(host);
        if (entry == null) {
            return begin(host, new Entry(NONE, "", now, new CompletableFuture<>()), now, onSettled);
        }
        long age = now - entry.sinceMs();
        if (entry.addresses().length > 0) {
            if (age > TTL_MS && !entry.isPending()) {
                begin(
                        host,
                        new Entry(entry.addresses(), "", entry.sinceMs(), new CompletableFuture<>()),
                        now,
                        () -> {});
            }
            return age > 2 * TTL_MS + LOOKUP_MS_MAX && !entry.failure().isEmpty()
                    ? new Lookup.Failed(entry.failure())
                    : new Lookup.Known();
        }
        if (entry.isPending()) {
            return pending(entry, onSettled);
        }
        if (entry.failure().isEmpty()) {
            // Timed out, and its thread still asks: no second one is spent on the same name.
            return new Lookup.Failed(
                    "the name server did not answer within " + LOOKUP_MS_MAX + " ms for '" + host + "'");
        }
        return age > FAILED_MS
                ? begin(host, new Entry(NONE, "", now, new CompletableFuture<>()), now, onSettled)
                : new Lookup.Failed(entry.failure());
    }

    private Lookup begin(String host, Entry pending, long now, Runnable onSettled) {
        if (names.size() >= NAMES_MAX && !names.containsKey(host)) {
            names.values().removeIf(entry -> now - entry.sinceMs() > TTL_MS);
        }
        names.put(host, pending);
        try {
            pool.execute(() -> {
                resolveNow(host, pending);
                pending.settled().complete(null);
            });
            return pending(pending, onSettled);
        } catch (RejectedExecutionException e) {
            names.remove(host, pending);
            return new Lookup.Failed("too many names wait to be looked up (" + WAITING_MAX + ")");
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it only ever completes well
    private static Lookup pending(Entry entry, Runnable onSettled) {
        entry.settled().completeOnTimeout(null, LOOKUP_MS_MAX, TimeUnit.MILLISECONDS);
        entry.settled().thenRun(onSettled);
        return new Lookup.Pending();
    }

    private void resolveNow(String host, Entry pending) {
        Entry result;
        try {
            result = new Entry(source.resolve(host), "", nowMs.getAsLong(), SETTLED);
        } catch (UnknownHostException | RuntimeException e) {
            String failure = "'" + host + "' has no address: " + e.getMessage();
            boolean isStale = nowMs.getAsLong() - pending.sinceMs() > 2 * TTL_MS;
            result = pending.addresses().length > 0 && !isStale
                    ? new Entry(pending.addresses(), failure, pending.sinceMs(), SETTLED)
                    : new Entry(NONE, failure, nowMs.getAsLong(), SETTLED);
        }
        names.put(host, result);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Entry entry = names.get(host);
        if (entry == null || entry.addresses().length == 0) {
            throw new UnknownHostException(host);
        }
        return entry.addresses();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
