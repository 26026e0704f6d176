package io.hookline.deliverer;

import io.hookline.avro.Reason;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.answer.Verdict;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.http.EndpointClient;
import io.hookline.deliverer.http.NameResolver;
import io.hookline.deliverer.http.OutboundRequest;
import io.hookline.deliverer.http.Sending;
import io.hookline.deliverer.reach.Reach;
import io.hookline.schemas.id.WebhookId;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one signed test event to a subscription's endpoint, straight from this process and past Kafka: the same client, headers and
 * signature as a delivery, recorded nowhere. For commands; blocks as long as one attempt may take.
 */
public final class Ping {
    /** The test event's type. */
    public static final String TYPE = "hookline.ping";

    private static final String JSON = "application/json";

    private Ping() {}

    /**
     * What came of it.
     *
     * @param webhookId the id sent
     * @param answer what came back
     * @param verdict what a deliverer would make of it
     * @param latencyMs from start to the end of the answer, in milliseconds
     */
    public record Result(String webhookId, Answer answer, Verdict verdict, long latencyMs) {}

    /**
     * Sends it.
     *
     * @param settings as a deliverer's: time-outs, User-Agent, networks. Scheme and port may be any, and this machine may be the endpoint:
     *     a ping is sent by somebody who sits here and could send anything
     * @throws IllegalArgumentException where the subscription cannot be delivered to, saying what to mend
     */
    public static Result send(Subscription subscription, Map<String, String> settings) {
        DelivererSettings parsed = DelivererSettings.parse(settings);
        Endpoint endpoint = Endpoint.of(parsed.secrets().open(subscription), parsed.defaults());
        Reach reach = parsed.reach().withAnyPortAndThisMachine();
        try (NameResolver names =
                        new NameResolver(InetAddress::getAllByName, reach, parsed.proxy(), System::currentTimeMillis);
                EndpointClient client = new EndpointClient(parsed.http(reach), names)) {
            return send(endpoint, names, client);
        }
    }

    private static Result send(Endpoint endpoint, NameResolver names, EndpointClient client) {
        Instant now = Instant.now();
        String id = WebhookId.of(now.toEpochMilli(), TYPE, UUID.randomUUID().toString(), endpoint.id());
        long start = System.nanoTime();
        Answer answer = await(endpoint, names, client, request(endpoint, id, now));
        return new Result(
                id,
                answer,
                Verdict.of(answer, endpoint.successRule()),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private static OutboundRequest request(Endpoint endpoint, String id, Instant now) {
        byte[] body = ("{\"type\":\"" + TYPE + "\",\"timestamp\":\"" + now + "\",\"data\":{\"subscription\":\""
                        + endpoint.id() + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        return new OutboundRequest(
                endpoint.url(), endpoint.headers(id, now.toEpochMilli(), body), body, JSON, endpoint.auth());
    }

    private static Answer await(Endpoint endpoint, NameResolver names, EndpointClient client, OutboundRequest request) {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        NameResolver.Lookup lookup = names.lookup(endpoint.url().host(), () -> settled.complete(null));
        try {
            if (lookup instanceof NameResolver.Lookup.Pending) {
                settled.get(endpoint.timeoutMs(), TimeUnit.MILLISECONDS);
                lookup = names.lookup(endpoint.url().host(), () -> {});
            }
            if (lookup instanceof NameResolver.Lookup.Failed failed) {
                return new Answer.Failure(failed.reason(), failed.detail());
            }
            CompletableFuture<Answer> answered = new CompletableFuture<>();
            Sending sending = client.send(request, Answer.READ_BYTES_MAX, answered::complete);
            answered.completeOnTimeout(TIMED_OUT, endpoint.timeoutMs(), TimeUnit.MILLISECONDS);
            Answer answer = answered.get();
            sending.expire();
            return answer;
        } catch (TimeoutException e) {
            return TIMED_OUT;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the endpoint's answer.", e);
        }
    }

    private static final Answer TIMED_OUT = new Answer.Failure(Reason.TIMEOUT, "no answer within the attempt's time");
}
