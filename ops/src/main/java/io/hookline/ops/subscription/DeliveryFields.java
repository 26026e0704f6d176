package io.hookline.ops.subscription;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static io.hookline.ops.subscription.FieldValues.flag;
import static io.hookline.ops.subscription.FieldValues.known;
import static io.hookline.ops.subscription.FieldValues.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.avro.Breaker;
import io.hookline.avro.OnExhaustion;
import io.hookline.avro.Ordering;
import io.hookline.avro.RateLimit;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.ops.cli.DurationText;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fields that say how and when deliveries are tried: retry schedule, rate limit, breaker, order, status. */
final class DeliveryFields {
    private static final Pattern RATE = Pattern.compile("(\\d{1,7}) ?/ ?(\\d{0,9}(?:ms|s|m|h|d)(?:[0-9a-z]{1,24})?)");
    private static final String RATE_EXPECTED = "attempts per time are expected, such as 100/s, 10/m or 1/500ms.";

    private static final String NO_ORDER = "this release keeps no order yet; leave it out.";

    private DeliveryFields() {}

    static void retrySchedule(Value value, Draft draft) {
        String text = value.text(SubscriptionFields.TEXT_MAX);
        try {
            draft.record.setRetrySchedule(
                    text == null ? null : RetrySchedule.parse(text).toString());
        } catch (IllegalArgumentException e) {
            value.refuseSecret(String.valueOf(e.getMessage()));
        }
    }

    static void rateLimit(Value value, Draft draft) {
        Matcher rate = RATE.matcher(value.node().isTextual() ? value.node().textValue() : "");
        if (!rate.matches()) {
            value.refuse(RATE_EXPECTED);
            return;
        }
        String period = Character.isDigit(rate.group(2).charAt(0)) ? rate.group(2) : "1" + rate.group(2);
        int attempts = Integer.parseInt(rate.group(1));
        try {
            Duration time = DurationText.parse(period);
            if (attempts >= 1 && !time.isZero() && time.compareTo(Duration.ofDays(1)) <= 0) {
                draft.record.setRateLimit(RateLimit.newBuilder()
                        .setAttempts(attempts)
                        .setPeriodMs(time.toMillis())
                        .build());
                return;
            }
        } catch (IllegalArgumentException e) {
            value.refuse(RATE_EXPECTED);
            return;
        }
        value.refuse("at least 1 attempt, in at most a day; " + RATE_EXPECTED);
    }

    static @Nullable JsonNode rate(@Nullable RateLimit limit) {
        if (limit == null) {
            return null;
        }
        String period = DurationText.format(Duration.ofMillis(limit.getPeriodMs()));
        String unit = period.matches("1(ms|s|m|h|d)") ? period.substring(1) : period;
        return text(limit.getAttempts() + "/" + unit);
    }

    static void breaker(Value value, Draft draft) {
        Breaker.Builder breaker = Breaker.newBuilder();
        if (value.node().isBoolean()) {
            breaker.setEnabled(value.node().booleanValue());
        } else if (value.node().isObject()) {
            value.allowOnly(Set.of("enabled", "failureRatio", "minimumAttempts"));
            Value enabled = value.field("enabled");
            flag(enabled == null ? Boolean.TRUE : enabled.flag(), breaker::setEnabled);
            Value ratio = value.field("failureRatio");
            breaker.setFailureRatio(ratio == null ? null : ratio.share());
            Value minimum = value.field("minimumAttempts");
            breaker.setMinimumAttempts(minimum == null ? null : minimum.integer(1, 1_000_000));
        } else {
            value.refuse("false, or a mapping with enabled, failureRatio, minimumAttempts is expected.");
        }
        draft.record.setBreaker(breaker.build());
    }

    static @Nullable JsonNode breaker(Breaker breaker) {
        ObjectNode node = instance.objectNode();
        if (breaker.getFailureRatio() != null) {
            node.put("failureRatio", breaker.getFailureRatio());
        }
        if (breaker.getMinimumAttempts() != null) {
            node.put("minimumAttempts", breaker.getMinimumAttempts());
        }
        if (node.isEmpty()) {
            return breaker.getEnabled() ? null : instance.booleanNode(false);
        }
        return node.put("enabled", breaker.getEnabled());
    }

    /** The deliverer keeps no order yet. Who asks for one must not believe that there is. */
    static void ordering(Value value, Draft draft) {
        if (value.is(Ordering.NONE)) {
            draft.record.setOrdering(Ordering.NONE);
        } else {
            value.refuse(NO_ORDER);
        }
    }

    /** To halt at what cannot be delivered only serves order. */
    static void onExhaustion(Value value, Draft draft) {
        if (value.is(OnExhaustion.DEAD_LETTER)) {
            draft.record.setOnExhaustion(OnExhaustion.DEAD_LETTER);
        } else {
            value.refuse(NO_ORDER);
        }
    }

    static void status(Value value, Draft draft) {
        SubscriptionStatus status = value.choice(known(SubscriptionStatus.values()));
        if (status != null) {
            draft.record.setStatus(status);
            draft.statusGiven = true;
        }
    }
}
