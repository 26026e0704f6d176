package io.hookline.deliverer.endpoint;

import io.hookline.avro.BacklogOrder;
import io.hookline.avro.Breaker;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.RateLimit;
import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.avro.SuccessRule;
import io.hookline.deliverer.answer.RetryPolicy;
import io.hookline.deliverer.render.Recipe;
import io.hookline.deliverer.render.Renderer;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.deliverer.sign.Signer;
import io.hookline.deliverer.transform.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One subscription, ready for delivering.
 *
 * @param id subscription id
 * @param tenant whose it is; empty for the platform's own
 * @param url where to
 * @param headers static headers, a fixed Authorization included
 * @param auth how it is told who calls
 * @param format what the body is
 * @param schemaVersions event type to the version of its schema that the receiver was built against
 * @param transform makes the data; null for the event's data as it is
 * @param signer signs attempts; confined to the loop's thread
 * @param policy what follows from failures
 * @param timeoutMs total time of one attempt, in milliseconds
 * @param maxInFlight attempts under way at once
 * @param rate attempts in a period at most; null: no limit
 * @param breaker when to stop trying for a while
 * @param successRule what counts as delivered
 * @param isPaused whether deliveries wait
 * @param isOldestFirst whether what waits in the log is sent before what comes
 */
public record Endpoint(
        String id,
        String tenant,
        EndpointUrl url,
        Map<String, String> headers,
        Auth auth,
        PayloadFormat format,
        Map<String, Integer> schemaVersions,
        @Nullable Transform transform,
        Signer signer,
        RetryPolicy policy,
        int timeoutMs,
        int maxInFlight,
        @Nullable Rate rate,
        BreakerPolicy breaker,
        SuccessRule successRule,
        boolean isPaused,
        boolean isOldestFirst) {

    /** The longest total time of one attempt, in milliseconds. */
    public static final int TIMEOUT_MS_MAX = 300_000;

    private static final long RATE_PERIOD_MS_MAX = 24 * 60 * 60 * 1000L;

    /**
     * @throws IllegalArgumentException naming what in the subscription cannot be used, its value and the mend
     */
    public static Endpoint of(Subscription subscription, PlatformDefaults defaults) {
        refuseUnknown(subscription);
        String schedule = subscription.getRetrySchedule();
        Auth auth = Auth.of(subscription.getAuth());
        return new Endpoint(
                subscription.getId(),
                Objects.requireNonNullElse(subscription.getTenant(), ""),
                EndpointUrl.parse(subscription.getUrl()),
                auth.with(StaticHeaders.checked(subscription.getHeaders())),
                auth,
                subscription.getPayloadFormat(),
                Map.copyOf(subscription.getSchemaVersions()),
                transform(subscription.getTransform()),
                new Signer(SigningKeys.of(subscription.getSigningKeys())),
                new RetryPolicy(
                        schedule == null ? defaults.schedule() : RetrySchedule.parse(schedule),
                        within("maxAgeMs", subscription.getMaxAgeMs(), defaults.maxAgeMs(), Long.MAX_VALUE)),
                (int) within("timeoutMs", subscription.getTimeoutMs(), defaults.timeoutMs(), TIMEOUT_MS_MAX),
                (int) within("maxInFlight", subscription.getMaxInFlight(), defaults.maxInFlight(), Integer.MAX_VALUE),
                rate(subscription.getRateLimit()),
                breaker(subscription.getBreaker(), defaults),
                subscription.getSuccessRule(),
                subscription.getStatus() == SubscriptionStatus.PAUSED,
                subscription.getBacklogOrder() == BacklogOrder.OLDEST_FIRST);
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

    /**
     * What this release does not do, it does not silently leave out: who asks for encryption must not get plain text.
     */
    private static void refuseUnknown(Subscription subscription) {
        if (!Renderer.knows(subscription.getPayloadFormat())) {
            throw unknown("payloadFormat", subscription.getPayloadFormat() + ": use one that this release knows, or");
        }
        if (subscription.getSuccessRule() == SuccessRule.UNKNOWN) {
            throw unknown("successRule", "UNKNOWN: use STATUS_2XX or JSON_STATUS_SUCCESS, or");
        }
        if (subscription.getBacklogOrder() == BacklogOrder.UNKNOWN) {
            throw unknown("backlogOrder", "UNKNOWN: use OLDEST_FIRST or FRESH_FIRST, or");
        }
        if (subscription.getStatus() == SubscriptionStatus.UNKNOWN) {
            throw unknown("status", "UNKNOWN: use ACTIVE or PAUSED, or");
        }
        if (subscription.getPayloadEncryption() != null) {
            throw unknown("payloadEncryption", "set: leave it out, or");
        }
    }

    private static @Nullable Rate rate(@Nullable RateLimit limit) {
        return limit == null
                ? null
                : new Rate(
                        (int) within("rateLimit.attempts", limit.getAttempts(), 0, Integer.MAX_VALUE),
                        within("rateLimit.periodMs", limit.getPeriodMs(), 0, RATE_PERIOD_MS_MAX));
    }

    private static BreakerPolicy breaker(Breaker breaker, PlatformDefaults defaults) {
        BreakerPolicy otherwise = defaults.breaker();
        Double given = breaker.getFailureRatio();
        double ratio = given == null ? otherwise.failureRatio() : given;
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException("breaker.failureRatio is " + ratio + ": over 0 up to 1 is expected.");
        }
        int minimum = (int) within(
                "breaker.minimumAttempts",
                breaker.getMinimumAttempts(),
                otherwise.minimumAttempts(),
                Integer.MAX_VALUE);
        return new BreakerPolicy(breaker.getEnabled() && otherwise.isEnabled(), ratio, minimum);
    }

    /** How it wants the body of events of that type. */
    public Recipe recipe(String eventType) {
        return new Recipe(format, schemaVersions.get(eventType), transform);
    }

    /** Not parsed before an event needs it: a deliverer takes over many subscriptions at once. */
    private static @Nullable Transform transform(@Nullable String expression) {
        return expression == null ? null : Transform.of(expression);
    }

    private static IllegalArgumentException unknown(String field, String valueAndMend) {
        return new IllegalArgumentException("This release does not know what to do with " + field + ", which is "
                + valueAndMend + " use a newer deliverer.");
    }

    private static long within(String field, @Nullable Number value, long otherwise, long most) {
        if (value == null) {
            return otherwise;
        }
        if (value.longValue() < 1 || value.longValue() > most) {
            throw new IllegalArgumentException(field + " is " + value + ": "
                    + (most == Long.MAX_VALUE ? "at least 1" : "1 to " + most) + " is expected.");
        }
        return value.longValue();
    }

    /** Without the headers, which may hold a token. */
    @Override
    public String toString() {
        return "Endpoint[" + id + ", " + url + "]";
    }
}
