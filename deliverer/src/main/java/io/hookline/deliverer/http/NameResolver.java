package io.hookline.deliverer.http;

import io.hookline.avro.Reason;
import io.hookline.deliverer.reach.EgressProxy;
import io.hookline.deliverer.reach.Reach;
import io.hookline.schemas.PlainText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Host names to addresses without blocking a caller: {@link #lookup} answers at once from what is known and has the rest looked up on a small
 * pool. A known name is refreshed in the background once it is older than its time to live; until then, and while a refresh fails for
 * less than as long again, the old addresses serve, and so they do while nobody answers at all. A name is asked for once at a time, and the
 * longer it took to fail, the later again, so that few names without a server do not keep the threads from the others. As {@link
 * DnsResolver} it answers from what is known only.
 *
 * <p>Whatever a name server says, only addresses within {@link Reach} become known. The client connects to just these, and asks nobody
 * else, so that a name that points elsewhere a moment later changes nothing.
 *
 * <p>Thread-safe. Bounded: so many threads, so many lookups waiting, so many names remembered, so many addresses of each.
 */
public final class NameResolver implements DnsResolver, AutoCloseable {
    static final int NAMES_MAX = 100_000;
    static final int THREADS = 16;
    static final int WAITING_MAX = 1_000;

    /** Of one name: a hostile server names thousands, and all would be tried in turn. */
    static final int ADDRESSES_MAX = 8;

    private static final int DETAIL_CHARS_MAX = 300;

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

        /** There is no such name, the name server does not answer, or it names no address that may be connected to. */
        record Failed(Reason reason, String detail) implements Lookup {}
    }

    private final Source source;
    private final Reach reach;
    private final @Nullable String gateway;
    private final LongSupplier nowMs;
    private final int namesMax;
    private final Map<String, KnownName> names = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor pool;

    /** @param nowMs milliseconds since any fixed moment */
    public NameResolver(Source source, Reach reach, LongSupplier nowMs) {
        this(source, reach, nowMs, NAMES_MAX);
    }

    NameResolver(Source source, Reach reach, LongSupplier nowMs, int namesMax) {
        this(source, reach, null, nowMs, namesMax);
    }

    /**
     * Of a client that connects to nothing but this proxy: it is the only name that is looked up, whichever is asked for, wherever it is.
     *
     * @param nowMs milliseconds since any fixed moment
     */
    public NameResolver(Source source, Reach reach, @Nullable EgressProxy proxy, LongSupplier nowMs) {
        this(source, reach, proxy, nowMs, NAMES_MAX);
    }

    private NameResolver(Source source, Reach reach, @Nullable EgressProxy proxy, LongSupplier nowMs, int namesMax) {
        this.source = source;
        this.reach = reach;
        this.gateway = proxy == null ? null : proxy.host();
        this.nowMs = nowMs;
        this.namesMax = namesMax;
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), runnable -> {
                    Thread thread = new Thread(runnable, "hookline-names");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * @param onSettled called once when a pending lookup has ended, well or not, or takes too long; on any thread, must not block. Not
     *     called for other answers
     */
    public Lookup lookup(String host, Runnable onSettled) {
        String connected = gateway == null ? host : gateway;
        KnownName name = names.get(connected);
        if (name == null) {
            makeRoom();
            name = names.computeIfAbsent(connected, KnownName::new);
        }
        return name.lookup(nowMs.getAsLong(), this::ask, onSettled);
    }

    /** Names remembered. */
    int size() {
        return names.size();
    }

    /** Whether a question about it is under way. */
    boolean isAsked(String host) {
        KnownName name = names.get(host);
        return name != null && name.isAsked();
    }

    private boolean ask(KnownName name) {
        try {
            pool.execute(() -> resolveNow(name));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void resolveNow(KnownName name) {
        try {
            InetAddress[] found = source.resolve(name.host());
            if (found.length == 0) {
                throw new UnknownHostException("the answer is empty");
            }
            settle(name, found);
        } catch (UnknownHostException | RuntimeException e) {
            name.failed(
                    PlainText.oneLine("'" + name.host() + "' has no address: " + e.getMessage(), DETAIL_CHARS_MAX),
                    nowMs.getAsLong());
        }
    }

    private void settle(KnownName name, InetAddress[] found) {
        List<InetAddress> allowed = new ArrayList<>();
        String refusal = "";
        for (InetAddress address : found) {
            String why = name.host().equals(gateway) ? null : reach.refusal(address);
            if (why == null && allowed.size() < ADDRESSES_MAX) {
                allowed.add(address);
            } else if (why != null && refusal.isEmpty()) {
                refusal = why;
            }
        }
        if (allowed.isEmpty()) {
            name.refused("'" + name.host() + "': " + refusal, nowMs.getAsLong());
        } else {
            name.resolved(allowed.toArray(InetAddress[]::new), nowMs.getAsLong());
        }
    }

    /** Where all places are taken, frees those of names that were not refreshed lately, or else of some. */
    private void makeRoom() {
        if (names.size() < namesMax) {
            return;
        }
        long now = nowMs.getAsLong();
        names.values().removeIf(name -> name.isForgettable(now));
        Iterator<KnownName> each = names.values().iterator();
        for (int excess = names.size() - namesMax + namesMax / 16; excess > 0 && each.hasNext(); ) {
            if (!each.next().isAsked()) {
                each.remove();
                excess--;
            }
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        KnownName name = names.get(host);
        if (name == null) {
            throw new UnknownHostException(host);
        }
        return name.addresses();
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
