package io.hookline.deliverer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.EndpointUrl;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An endpoint client with its resolver, as the loop uses them. */
final class TestClient implements AutoCloseable {
    final NameResolver names = new NameResolver(InetAddress::getAllByName, Anywhere.REACH, System::currentTimeMillis);
    final EndpointClient client;

    TestClient() {
        this(new HttpSettings(Anywhere.REACH, "Hookline/test", 5_000, 1_000, 1_000, 60_000, 60_000));
    }

    TestClient(HttpSettings settings) {
        client = new EndpointClient(settings, names);
    }

    static OutboundRequest request(URI url) {
        return request(url, "{\"n\":1}".getBytes(UTF_8));
    }

    static OutboundRequest request(URI url, byte[] body) {
        return new OutboundRequest(
                EndpointUrl.parse(url.toString()), List.of(Map.entry("webhook-id", "msg_1")), body, "application/json");
    }

    /** Waits until the host is known, as the loop does before it sends. */
    void know(String host) {
        CountDownLatch settled = new CountDownLatch(1);
        try {
            if (names.lookup(host, settled::countDown) instanceof NameResolver.Lookup.Pending
                    && !settled.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("'" + host + "' was not looked up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Of a request that needs no token. */
    Exchange send(OutboundRequest request, Reports reports) {
        return (Exchange) sending(request, reports);
    }

    Sending sending(OutboundRequest request, Reports reports) {
        know(request.url().host());
        return client.send(request, Answer.KEPT_BYTES_MAX, reports);
    }

    Reports send(OutboundRequest request) {
        Reports reports = new Reports();
        sending(request, reports);
        return reports;
    }

    Reports send(URI url) {
        return send(request(url));
    }

    @Override
    public void close() {
        client.close();
        names.close();
    }
}
