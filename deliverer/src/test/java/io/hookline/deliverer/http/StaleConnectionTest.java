package io.hookline.deliverer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.testkit.receiver.Conversation;
import io.hookline.testkit.receiver.HostileReceiver;
import io.hookline.testkit.receiver.Mischief;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Endpoints that close connections which the client means to use again. */
@Timeout(120)
class StaleConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestClient client = new TestClient();
    private final AtomicInteger received = new AtomicInteger();

    @AfterEach
    void stop() {
        client.close();
    }

    /** How a connection ends. */
    enum End {
        CLOSE {
            @Override
            void of(Conversation conversation) {
                // Returning closes.
            }
        },
        RESET {
            @Override
            void of(Conversation conversation) throws IOException {
                conversation.reset();
            }
        };

        abstract void of(Conversation conversation) throws IOException;
    }

    private void answer(Conversation conversation) throws IOException {
        conversation.readRequest();
        received.incrementAndGet();
        conversation.send(OK);
    }

    /** Keeps the client's I/O thread busy until it is told to go on, as a moment of much work does. */
    private CountDownLatch busy(HostileReceiver other) {
        CountDownLatch isBusy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        client.know("127.0.0.1");
        client.client.send(TestClient.request(other.url()), 10, answer -> {
            isBusy.countDown();
            awaitUnchecked(goOn);
        });
        awaitUnchecked(isBusy);
        return goOn;
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Mischief always() {
        return conversation -> {
            while (true) {
                answer(conversation);
            }
        };
    }

    /** The end has come, but the client has not seen it when it takes the connection from its pool. */
    @ParameterizedTest
    @EnumSource
    void shouldSendOnAnotherConnectionWhatNoneOfWasSent(End end) {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch hasEnded = new CountDownLatch(1);
        AtomicInteger connections = new AtomicInteger();
        Mischief once = conversation -> {
            if (connections.incrementAndGet() > 1) {
                always().play(conversation);
            }
            answer(conversation);
            awaitUnchecked(mayEnd);
            end.of(conversation);
            hasEnded.countDown();
        };
        try (HostileReceiver peer = HostileReceiver.start(once);
                HostileReceiver other = HostileReceiver.start(StaleConnectionTest::answerAll)) {
            assertThat(client.send(peer.url()).response().status()).isEqualTo(200);
            CountDownLatch goOn = busy(other);
            mayEnd.countDown();
            awaitUnchecked(hasEnded);
            await().atMost(PATIENCE).until(() -> peer.openConnections() == 0);
            int before = received.get();
            Reports reports = client.send(peer.url());
            goOn.countDown();
            assertThat(reports.response().status()).isEqualTo(200);
            assertThat(received.get() - before).as("received").isEqualTo(1);
            assertThat(peer.connections()).isEqualTo(2);
            assertThat(reports.all()).hasSize(1);
        }
    }

    /** It may have acted on it: to send again would be to deliver twice without saying so. */
    @ParameterizedTest
    @EnumSource
    void shouldCountAsAnAttemptWhatMayHaveBeenReceived(End end) {
        Mischief second = conversation -> {
            answer(conversation);
            conversation.readRequest();
            received.incrementAndGet();
            end.of(conversation);
        };
        try (HostileReceiver peer = HostileReceiver.start(second)) {
            assertThat(client.send(peer.url()).response().status()).isEqualTo(200);
            Reports reports = sendOnTheSameConnection(peer);
            assertThat(reports.failure().reason()).isEqualTo(Reason.CONNECTION_LOST);
            assertThat(received).as("received").hasValue(2);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    /** The answer is told a moment before its connection is free: once the I/O thread does something else, it is. */
    private Reports sendOnTheSameConnection(HostileReceiver peer) {
        try (HostileReceiver other = HostileReceiver.start(StaleConnectionTest::answerAll)) {
            busy(other).countDown();
            return client.send(peer.url());
        }
    }

    private static void answerAll(Conversation conversation) throws IOException {
        while (true) {
            conversation.readRequest();
            conversation.send(OK);
        }
    }

    /** A fresh connection that is closed at once is the endpoint's doing, not the pool's. */
    @ParameterizedTest
    @EnumSource
    void shouldNotTryTwiceWhereAFreshConnectionIsClosed(End end) {
        try (HostileReceiver peer = HostileReceiver.start(end::of)) {
            assertThat(client.send(peer.url()).failure().reason()).isEqualTo(Reason.CONNECTION_LOST);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    /** Endpoints that keep connections for a moment only, and a client that comes back at just that moment. */
    @Test
    void shouldNotLoseARequestToConnectionsThatAreClosedWhileIdle() {
        Mischief briefly = conversation -> {
            answer(conversation);
            conversation.pause(Duration.ofMillis(1));
        };
        try (HostileReceiver peer = HostileReceiver.start(briefly)) {
            int lost = 0;
            int sent = 1_000;
            for (int i = 0; i < sent; i++) {
                Answer answer = client.send(peer.url()).await();
                if (answer instanceof Answer.Failure failure) {
                    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
                    lost++;
                }
            }
            // Those that were on their way when it closed may have been received for all the client knows.
            assertThat(received.get() + lost).isEqualTo(sent);
            assertThat(peer.connections()).isGreaterThan(1);
        }
    }

    /** The attempt's time is that of all its submissions. */
    @Test
    void shouldEndWithItsTimeWhereTheNextConnectionDoesNotAnswer() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger connections = new AtomicInteger();
        Mischief onceThenSilent = conversation -> {
            if (connections.incrementAndGet() == 1) {
                answer(conversation);
                awaitUnchecked(mayEnd);
            } else {
                conversation.readRequest();
                received.incrementAndGet();
                conversation.pause(Duration.ofMinutes(5));
            }
        };
        try (HostileReceiver peer = HostileReceiver.start(onceThenSilent);
                HostileReceiver other = HostileReceiver.start(StaleConnectionTest::answerAll)) {
            assertThat(client.send(peer.url()).response().status()).isEqualTo(200);
            CountDownLatch goOn = busy(other);
            mayEnd.countDown();
            await().atMost(PATIENCE).until(() -> peer.openConnections() == 0);
            Reports reports = new Reports();
            Exchange exchange = client.send(TestClient.request(peer.url()), reports);
            goOn.countDown();
            await().atMost(PATIENCE).until(() -> received.get() == 2);
            assertThat(reports.isEmpty()).isTrue();
            exchange.expire();
            assertThat(reports.failure().reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(connections).hasValue(2);
        }
    }
}
