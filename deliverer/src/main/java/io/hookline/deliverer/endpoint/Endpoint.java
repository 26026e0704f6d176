package io.hookline.deliverer.endpoint;

import io.hookline.avro.PayloadFormat;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.avro.SuccessRule;
import io.hookline.deliverer.answer.RetryPolicy;
import io.hookline.deliverer.render.Renderer;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.deliverer.sign.Signer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscription, ready for delivering.
 *
 * @param id subscription id
 * @param url where to
 * @param headers static headers
 * @param format what the body is
 * @param signer signs attempts; confined to the loop's thread
 * @param policy what follows from failures
 * @param timeoutMs total time of one attempt, in milliseconds
 * @param maxInFlight attempts under way at once
 * @param successRule what counts as delivered
 * @param isPaused whether deliveries wait
 */
public record Endpoint(
        String id,
        EndpointUrl url,
        Map<String, String> headers,
        PayloadFormat format,
        Signer signer,
        RetryPolicy policy,
        int timeoutMs,
        int maxInFlight,
        SuccessRule successRule,
        boolean isPaused) {

    /**
     * @throws IllegalArgumentException naming what in the subscription cannot be used, its value and the mend
     */
    public static Endpoint of(Subscription subscription, PlatformDefaults defaults) {
        if (!Renderer.knows(subscription.getPayloadFormat())) {
            throw new IllegalArgumentException("Payload format " + subscription.getPayloadFormat()
                    + " is not known to this release: use STANDARD or RAW, or a newer deliverer.");
        }
        String schedule = subscription.getRetrySchedule();
        return new Endpoint(
                subscription.getId(),
                EndpointUrl.parse(subscription.getUrl()),
                Map.copyOf(subscription.getHeaders()),
                subscription.getPayloadFormat(),
                new Signer(keys(subscription.getSigningKeys())),
                new RetryPolicy(
                        schedule == null ? defaults.schedule() : RetrySchedule.parse(schedule),
                        positive("maxAgeMs", subscription.getMaxAgeMs(), defaults.maxAgeMs())),
                (int) positive("timeoutMs", subscription.getTimeoutMs(), defaults.timeoutMs()),
                (int) positive("maxInFlight", subscription.getMaxInFlight(), defaults.maxInFlight()),
                known(subscription.getSuccessRule()),
                isPaused(subscription));
    }

    /**
     * The headers of one attempt: the subscription's own, then those of Standard Webhooks.
     *
     * @param nowMs the attempt's time, milliseconds since 1970
     * @return a list the caller may add to
     */
    public List<Map.Entry<String, String>> headers(String webhookId, long nowMs, byte[] body) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers.size() + 4);
        all.addAll(headers.entrySet());
        long timestampS = nowMs / 1000;
        all.add(Map.entry("webhook-id", webhookId));
        all.add(Map.entry("webhook-timestamp", Long.toString(timestampS)));
        if (signer.signs(nowMs)) {
            all.add(Map.entry("webhook-signature", signer.sign(webhookId, timestampS, body)));
        }
        return all;
    }

    private static List<Signer.Key> keys(List<SigningKey> keys) {
        return keys.stream().map(Endpoint::key).toList();
    }

    private static Signer.Key key(SigningKey key) {
        if (key.getAlgorithm() != SigningAlgorithm.HMAC_SHA256) {
            throw new IllegalArgumentException("Signing algorithm " + key.getAlgorithm()
                    + " is not known to this release: use HMAC_SHA256, or a newer deliverer.");
        }
        if (!key.getSecret().getKeyId().isEmpty()) {
            throw new IllegalArgumentException("Signing secret is encrypted with key '"
                    + key.getSecret().getKeyId() + "', which this deliverer does not have.");
        }
        ByteBuffer value = key.getSecret().getValue();
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return new Signer.Key(
                new HmacSecret(bytes),
                key.getExpiresAt() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(key.getExpiresAt().toEpochMilli()));
    }

    private static long positive(String field, @Nullable Number value, long otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value.longValue() < 1) {
            throw new IllegalArgumentException(field + " is " + value + ": at least 1 is expected.");
        }
        return value.longValue();
    }

    private static SuccessRule known(SuccessRule rule) {
        if (rule == SuccessRule.UNKNOWN) {
            throw new IllegalArgumentException("The success rule is not known to this release: use a newer deliverer.");
        }
        return rule;
    }

    private static boolean isPaused(Subscription subscription) {
        return switch (subscription.getStatus()) {
            case ACTIVE -> false;
            case PAUSED -> true;
            case UNKNOWN ->
                throw new IllegalArgumentException(
                        "The subscription's status is not known to this release: use a newer deliverer.");
        };
    }
}
