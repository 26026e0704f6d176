package io.hookline.deploy.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.Script;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * One partner's endpoint: verifies each request with the Standard Webhooks library, which knows nothing of our signing code, and only then
 * does what its script says.
 */
final class Partner {
    private final String id;
    private final HmacSecret secret;
    private final Webhook verifier;
    private final LongAdder badSignatures = new LongAdder();
    private final ScriptedEndpoint endpoint;
    private volatile Script script;

    Partner(String id, HmacSecret secret, ScriptedReceiver receiver, Script script) {
        this.id = id;
        this.secret = secret;
        this.verifier = new Webhook(secret.bytes());
        this.script = script;
        this.endpoint = receiver.endpoint("/" + id, this::reply);
    }

    String id() {
        return id;
    }

    HmacSecret secret() {
        return secret;
    }

    /** From now on its server does this. */
    void behave(Script next) {
        script = next;
    }

    long badSignatures() {
        return badSignatures.sum();
    }

    /** Requests answered with 200, repetitions included. */
    long accepted() {
        return endpoint.answeredWith(200);
    }

    /** Ids of the webhooks that it answered with 200. */
    Set<String> acceptedIds() {
        Set<String> ids = new HashSet<>();
        for (ReceivedRequest request : endpoint.requests()) {
            if (request.outcome().filter(outcome -> outcome.status() == 200).isPresent()) {
                request.webhookId().ifPresent(ids::add);
            }
        }
        return ids;
    }

    /** Different webhooks it has seen, accepted or not. */
    int seen() {
        return endpoint.distinctIds();
    }

    private Reply reply(ReceivedRequest request, int timesSeen) {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach(field -> headers.put(field.name(), List.of(field.value())));
        try {
            verifier.verify(request.bodyText(), HttpHeaders.of(headers, (name, value) -> true));
        } catch (WebhookVerificationException e) {
            badSignatures.increment();
            return Reply.status(401);
        }
        return script.reply(request, timesSeen);
    }
}
