package io.hookline.deliverer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Reason;
import io.hookline.deliverer.http.NameResolver.Lookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NameResolverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile NameResolver.Source source = host -> new InetAddress[] {address(1)};
    private final NameResolver names = new NameResolver(this::ask, Anywhere.REACH, now::get, 1_000);

    private static void nobody() {}

    @AfterEach
    void stop() {
        names.close();
    }

    private InetAddress[] ask(String host) throws UnknownHostException {
        asked.computeIfAbsent(host, unused -> new AtomicInteger()).incrementAndGet();
        return source.resolve(host);
    }

    private int asked(String host) {
        return asked.getOrDefault(host, new AtomicInteger()).get();
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private static InetAddress[] no(String host) throws UnknownHostException {
        throw new UnknownHostException("no such name");
    }

    /** Looks up until there is an answer. */
    private Lookup settled(String host) {
        CountDownLatch called = new CountDownLatch(1);
        Lookup lookup = names.lookup(host, called::countDown);
        if (lookup instanceof Lookup.Pending) {
            try {
                assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return names.lookup(host, NameResolverTest::nobody);
        }
        return lookup;
    }

    private void pass(long ms) {
        now.addAndGet(ms);
    }

    @Test
    void shouldAnswerFromWhatItKnows() throws UnknownHostException {
        assertThatThrownBy(() -> names.resolve("a.example")).isInstanceOf(UnknownHostException.class);
        assertThat(names.lookup("a.example", NameResolverTest::nobody)).isInstanceOf(Lookup.Pending.class);
        assertThat(settled("a.example")).isEqualTo(new Lookup.Known());
        for (int i = 0; i < 100; i++) {
            assertThat(names.lookup("a.example", NameResolverTest::nobody)).isEqualTo(new Lookup.Known());
        }
        assertThat(names.resolve("a.example")).containsExactly(address(1));
        assertThat(asked("a.example")).isEqualTo(1);
    }

    /** Two subscriptions with one host, at the same moment: the second waited forever once. */
    @Test
    void shouldCallEveryoneWhoWaitsExactlyOnce() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        source = host -> {
            awaitUnchecked(answer);
            return new InetAddress[] {address(1)};
        };
        List<AtomicInteger> called = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            AtomicInteger mine = new AtomicInteger();
            called.add(mine);
            assertThat(names.lookup("a.example", mine::incrementAndGet)).isInstanceOf(Lookup.Pending.class);
        }
        assertThat(called).allMatch(count -> count.get() == 0);
        answer.countDown();
        await().atMost(PATIENCE).until(() -> called.stream().allMatch(count -> count.get() == 1));
        assertThat(asked("a.example")).isEqualTo(1);
        assertThat(names.lookup("a.example", NameResolverTest::nobody)).isEqualTo(new Lookup.Known());
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldRefreshInTheBackground() throws Exception {
        assertThat(settled("a.example")).isEqualTo(new Lookup.Known());
        source = host -> new InetAddress[] {address(2)};
        pass(KnownName.TTL_MS);
        assertThat(names.lookup("a.example", NameResolverTest::nobody)).isEqualTo(new Lookup.Known());
        assertThat(asked("a.example")).isEqualTo(1);
        pass(1);
        assertThat(names.lookup("a.example", NameResolverTest::nobody))
                .as("meanwhile")
                .isEqualTo(new Lookup.Known());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names.resolve("a.example")).containsExactly(address(2)));
        assertThat(asked("a.example")).isEqualTo(2);
    }

    @Test
    void shouldServeOldAddressesWhileARefreshFailsButNotForLong() throws Exception {
        assertThat(settled("a.example")).isEqualTo(new Lookup.Known());
        source = NameResolverTest::no;
        pass(KnownName.TTL_MS + 1);
        assertThat(names.lookup("a.example", NameResolverTest::nobody)).isEqualTo(new Lookup.Known());
        await().atMost(PATIENCE).until(() -> asked("a.example") == 2);
        await().atMost(PATIENCE).until(() -> !names.isAsked("a.example"));
        assertThat(names.lookup("a.example", NameResolverTest::nobody)).isEqualTo(new Lookup.Known());
        assertThat(names.resolve("a.example")).containsExactly(address(1));

        pass(KnownName.TTL_MS);
        Lookup lookup = names.lookup("a.example", NameResolverTest::nobody);
        assertThat(lookup)
                .isEqualTo(new Lookup.Failed(Reason.NAME_NOT_RESOLVED, "'a.example' has no address: no such name"));

        source = host -> new InetAddress[] {address(3)};
        pass(KnownName.FAILED_MS);
        await().atMost(PATIENCE)
                .until(() -> names.lookup("a.example", NameResolverTest::nobody) instanceof Lookup.Known);
        assertThat(names.resolve("a.example")).containsExactly(address(3));
    }

    /** The name server is down: all endpoints go on with what was known, until it says otherwise. */
    @Test
    void shouldServeOldAddressesWhileNobodyAnswers() throws Exception {
        assertThat(settled("a.example")).isEqualTo(new Lookup.Known());
        CountDownLatch never = new CountDownLatch(1);
        source = host -> {
            awaitUnchecked(never);
            return new InetAddress[0];
        };
        for (int i = 0; i < 100; i++) {
            pass(KnownName.TTL_MS);
            assertThat(names.lookup("a.example", NameResolverTest::nobody)).isEqualTo(new Lookup.Known());
        }
        assertThat(names.resolve("a.example")).containsExactly(address(1));
        await().atMost(PATIENCE).until(() -> asked("a.example") == 2);
        assertThat(asked("a.example")).as("one question at a time").isEqualTo(2);
        never.countDown();
    }

    @Test
    void shouldSayWhatFailedAndAskAgainLater() {
        source = NameResolverTest::no;
        Lookup.Failed failed = new Lookup.Failed(Reason.NAME_NOT_RESOLVED, "'a.example' has no address: no such name");
        assertThat(settled("a.example")).isEqualTo(failed);
        assertThat(settled("a.example")).isEqualTo(failed);
        assertThat(asked("a.example")).isEqualTo(1);
        pass(KnownName.FAILED_MS);
        assertThat(settled("a.example")).isEqualTo(failed);
        assertThat(asked("a.example")).isEqualTo(2);
        source = host -> new InetAddress[] {address(1)};
        pass(KnownName.FAILED_MS);
        assertThat(settled("a.example")).isEqualTo(new Lookup.Known());
    }

    @Test
    void shouldTakeStrangeFailuresForFailures() {
        source = host -> {
            throw new IllegalArgumentException("strange");
        };
        assertThat(settled("a.example"))
                .isEqualTo(new Lookup.Failed(Reason.NAME_NOT_RESOLVED, "'a.example' has no address: strange"));
        source = host -> new InetAddress[0];
        assertThat(settled("b.example"))
                .isEqualTo(
                        new Lookup.Failed(Reason.NAME_NOT_RESOLVED, "'b.example' has no address: the answer is empty"));
    }

    /** Names whose servers never answer must not keep the threads from the others: the longer it took, the later again. */
    @Test
    void shouldAskAgainLaterWhatTookLongToFail() {
        source = host -> {
            pass(2_000);
            return no(host);
        };
        assertThat(settled("a.example")).isInstanceOf(Lookup.Failed.class);
        pass(19_000);
        assertThat(names.lookup("a.example", NameResolverTest::nobody)).isInstanceOf(Lookup.Failed.class);
        assertThat(asked("a.example")).isEqualTo(1);
        pass(1_000);
        assertThat(names.lookup("a.example", NameResolverTest::nobody)).isInstanceOf(Lookup.Pending.class);
    }

    @Test
    void shouldLetNobodyWaitLongerThanTheLimit() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        NameResolver slow = new NameResolver(
                host -> {
                    awaitUnchecked(never);
                    return new InetAddress[] {address(1)};
                },
                Anywhere.REACH,
                System::currentTimeMillis);
        try {
            CountDownLatch called = new CountDownLatch(2);
            assertThat(slow.lookup("a.example", called::countDown)).isInstanceOf(Lookup.Pending.class);
            assertThat(slow.lookup("a.example", called::countDown)).isInstanceOf(Lookup.Pending.class);
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.lookup("a.example", NameResolverTest::nobody))
                    .isEqualTo(new Lookup.Failed(
                            Reason.NAME_NOT_RESOLVED, "the name server did not answer within 5000 ms for 'a.example'"));
            never.countDown();
            await().atMost(PATIENCE)
                    .until(() -> slow.lookup("a.example", NameResolverTest::nobody) instanceof Lookup.Known);
        } finally {
            never.countDown();
            slow.close();
        }
    }

    @Test
    void shouldNeverBlockTheCallerHoweverManyNamesHang() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (NameResolver hanging = new NameResolver(
                host -> {
                    if (!host.equals("known.example")) {
                        awaitUnchecked(release);
                    }
                    return new InetAddress[] {address(1)};
                },
                Anywhere.REACH,
                now::get)) {
            await().atMost(PATIENCE)
                    .until(() -> hanging.lookup("known.example", NameResolverTest::nobody) instanceof Lookup.Known);
            long start = System.nanoTime();
            int room = NameResolver.THREADS + NameResolver.WAITING_MAX;
            int pending = 0;
            for (int i = 0; i < room + 100; i++) {
                Lookup lookup = hanging.lookup("slow" + i + ".example", NameResolverTest::nobody);
                if (lookup instanceof Lookup.Pending) {
                    pending++;
                } else {
                    assertThat(lookup)
                            .isEqualTo(new Lookup.Failed(
                                    Reason.NAME_NOT_RESOLVED, "too many names wait to be looked up (1000)"));
                }
            }
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
            // A thread may have taken its first from the queue in between, and the one that looked up the known name
            // may not be free yet.
            assertThat(pending).isBetween(room - 1, room + NameResolver.THREADS);

            pass(KnownName.TTL_MS + 1);
            assertThat(hanging.lookup("known.example", NameResolverTest::nobody))
                    .as("no room to refresh it")
                    .isEqualTo(new Lookup.Known());
            assertThat(hanging.resolve("known.example")).containsExactly(address(1));

            release.countDown();
            await().atMost(PATIENCE)
                    .until(() -> hanging.lookup("slow1100.example", NameResolverTest::nobody) instanceof Lookup.Known);
        } finally {
            release.countDown();
        }
    }

    @Test
    void shouldRememberABoundedNumberOfNames() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(settled("name" + i + ".example")).isEqualTo(new Lookup.Known());
            assertThat(names.size()).isLessThanOrEqualTo(1_000);
        }
        pass(KnownName.TTL_MS + 1);
        for (int i = 0; i < 200; i++) {
            assertThat(settled("new" + i + ".example")).isEqualTo(new Lookup.Known());
        }
        assertThat(names.size()).isLessThan(1_000);
    }

    @Test
    void shouldKeepItsPromisesUnderManyThreads() throws Exception {
        Semaphore callbacks = new Semaphore(0);
        AtomicInteger expected = new AtomicInteger();
        AtomicInteger answer = new AtomicInteger();
        source = host -> {
            if (answer.incrementAndGet() % 3 == 0) {
                no(host);
            }
            return new InetAddress[] {address(1)};
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int thread = 0; thread < 8; thread++) {
            threads.execute(() -> {
                for (int i = 0; i < 5_000; i++) {
                    pass(10);
                    String host = "n" + i % 7 + ".example";
                    expected.incrementAndGet();
                    Lookup lookup = names.lookup(host, callbacks::release);
                    if (!(lookup instanceof Lookup.Pending)) {
                        callbacks.release();
                    }
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(callbacks.tryAcquire(expected.get(), 30, TimeUnit.SECONDS)).isTrue();
        assertThat(callbacks.tryAcquire()).as("a callback too many").isFalse();
    }

    @Test
    void shouldResolveNothingItselfAsTheClientsResolver() {
        assertThatThrownBy(() -> names.resolve("localhost")).isInstanceOf(UnknownHostException.class);
        assertThat(names.resolveCanonicalHostname("localhost")).isEqualTo("localhost");
        assertThat(asked("localhost")).isZero();
    }

    @Test
    void shouldReadAddressesOfAllKinds() throws UnknownHostException {
        source = InetAddress::getAllByName;
        for (String host : new String[] {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"}) {
            assertThat(settled(host)).as(host).isEqualTo(new Lookup.Known());
            assertThat(names.resolve(host)[0].isLoopbackAddress()).isTrue();
        }
    }
}
