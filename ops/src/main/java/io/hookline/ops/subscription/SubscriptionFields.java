package io.hookline.ops.subscription;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.avro.BacklogOrder;
import io.hookline.avro.Breaker;
import io.hookline.avro.OnExhaustion;
import io.hookline.avro.Ordering;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.RateLimit;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.avro.SuccessRule;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.schedule.RetrySchedule;
import io.hookline.ops.cli.DurationText;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All fields of a subscription document, in the order in which they are written. */
final class SubscriptionFields {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int EVENT_TYPES_MAX = 200;
    private static final int TEXT_MAX = 1_000;
    private static final int SCRIPT_MAX = 32 * 1024;
    private static final Pattern RATE = Pattern.compile("(\\d{1,7}) ?/ ?(\\d{0,9}(?:ms|s|m|h|d)(?:[0-9a-z]{1,24})?)");
    private static final String RATE_EXPECTED = "attempts per time are expected, such as 100/s, 10/m or 1/500ms.";

    static final List<Field> ALL = List.of(
            new Field(
                    "id",
                    "Name of the subscription: 1 to 64 of `A-Z a-z 0-9 _ -`. Required.",
                    SubscriptionFields::id,
                    (s, x) -> text(s.getId())),
            new Field(
                    "tenant",
                    "Whose events it receives. Required unless `platformWide`.",
                    (v, d) -> d.record.setTenant(v.text(TEXT_MAX)),
                    (s, x) -> text(s.getTenant())),
            new Field(
                    "platformWide",
                    "`true`: receives the events of every tenant.",
                    (v, d) -> flag(v.flag(), d.record::setPlatformWide),
                    (s, x) -> s.getPlatformWide() ? instance.booleanNode(true) : null),
            new Field(
                    "description",
                    "For people.",
                    SubscriptionFields::description,
                    (s, x) -> nonEmpty(s.getDescription())),
            new Field(
                    "url",
                    "Where deliveries are sent: `https://…` or `http://…`. Required.",
                    SubscriptionFields::url,
                    (s, x) -> text(s.getUrl())),
            new Field(
                    "eventTypes",
                    "Event types, prefixes such as `order.*`, or `*` for all. Required.",
                    SubscriptionFields::eventTypes,
                    (s, x) -> list(s.getEventTypes())),
            new Field(
                    "filter",
                    "Event pattern (EventBridge language) as a mapping or JSON text; absent: every event of the types.",
                    SubscriptionFields::filter,
                    (s, x) -> json(s.getFilter())),
            new Field(
                    "transform",
                    "JSONata expression that makes the payload; absent: the event as it is.",
                    (v, d) -> d.record.setTransform(v.text(SCRIPT_MAX)),
                    (s, x) -> text(s.getTransform())),
            new Field(
                    "schemaVersions",
                    "Event type to the schema version the receiver was built for; absent: the writer's.",
                    SubscriptionFields::schemaVersions,
                    (s, x) -> versions(s.getSchemaVersions())),
            new Field(
                    "payloadFormat",
                    "`standard`, `cloudevents-binary`, `cloudevents-structured` or `raw`; default `standard`.",
                    (v, d) -> set(v.choice(known(PayloadFormat.values())), d.record::setPayloadFormat),
                    (s, x) -> choice(s.getPayloadFormat(), PayloadFormat.STANDARD)),
            new Field("headers", "Static headers of each request.", HeaderFields::read, HeaderFields::write),
            new Field(
                    "signing",
                    "`generate` (default: a secret is made once and printed once), `none`, a `whsec_…` secret, or a list of"
                            + " secrets, each `{secret, expiresAt}`.",
                    SigningFields::read,
                    SigningFields::write),
            new Field(
                    "retrySchedule",
                    "Waits between attempts, such as `5s 5m 30m 2h jitter 20%`; absent: the platform's.",
                    SubscriptionFields::retrySchedule,
                    (s, x) -> text(s.getRetrySchedule())),
            new Field(
                    "maxAge",
                    "Older events are dead-lettered instead of tried, such as `3d`; absent: the platform's.",
                    (v, d) -> set(
                            v.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
                            age -> d.record.setMaxAgeMs(age.toMillis())),
                    (s, x) -> duration(s.getMaxAgeMs())),
            new Field(
                    "timeout",
                    "Total time of one attempt, `100ms` to `2m`; absent: the platform's.",
                    (v, d) -> set(
                            v.duration(Duration.ofMillis(100), Duration.ofMinutes(2)),
                            time -> d.record.setTimeoutMs((int) time.toMillis())),
                    (s, x) -> duration(s.getTimeoutMs())),
            new Field(
                    "rateLimit",
                    "Attempts per time at most, such as `100/s`; absent: none.",
                    SubscriptionFields::rateLimit,
                    (s, x) -> rate(s.getRateLimit())),
            new Field(
                    "maxInFlight",
                    "Attempts under way at once, 1 to 10000; absent: the platform's.",
                    (v, d) -> set(v.integer(1, 10_000), d.record::setMaxInFlight),
                    (s, x) -> s.getMaxInFlight() == null ? null : instance.numberNode(s.getMaxInFlight())),
            new Field(
                    "breaker",
                    "Circuit breaker: `false`, or `{enabled, failureRatio, minimumAttempts}`; default on.",
                    SubscriptionFields::breaker,
                    (s, x) -> breaker(s.getBreaker())),
            new Field(
                    "ordering",
                    "`none`, `key` or `endpoint`; default `none`.",
                    (v, d) -> set(v.choice(known(Ordering.values())), d.record::setOrdering),
                    (s, x) -> choice(s.getOrdering(), Ordering.NONE)),
            new Field(
                    "onExhaustion",
                    "When retries run out: `dead-letter` or `halt`; default `dead-letter`.",
                    (v, d) -> set(v.choice(known(OnExhaustion.values())), d.record::setOnExhaustion),
                    (s, x) -> choice(s.getOnExhaustion(), OnExhaustion.DEAD_LETTER)),
            new Field(
                    "backlogOrder",
                    "After an outage: `oldest-first` or `fresh-first`; default `oldest-first`.",
                    (v, d) -> set(v.choice(known(BacklogOrder.values())), d.record::setBacklogOrder),
                    (s, x) -> choice(s.getBacklogOrder(), BacklogOrder.OLDEST_FIRST)),
            new Field(
                    "successRule",
                    "`status-2xx`, or `json-status-success`: a 2xx whose JSON body has `status: success`.",
                    (v, d) -> set(v.choice(known(SuccessRule.values())), d.record::setSuccessRule),
                    (s, x) -> choice(s.getSuccessRule(), SuccessRule.STATUS_2XX)),
            new Field(
                    "status",
                    "`active` or `paused`; absent: as it is, at first `active`.",
                    SubscriptionFields::status,
                    (s, x) -> choice(s.getStatus(), null)),
            new Field(
                    "version",
                    "Written by `show`. Given, it must be the stored version: an update of something that changed"
                            + " meanwhile is refused.",
                    (v, d) -> d.version = v.number(1),
                    (s, x) -> instance.numberNode(s.getVersion())),
            new Field(
                    "createdAt",
                    "Written by `show`, ignored by `apply`.",
                    (v, d) -> {},
                    (s, x) -> text(s.getCreatedAt().toString())),
            new Field(
                    "updatedAt",
                    "Written by `show`, ignored by `apply`.",
                    (v, d) -> {},
                    (s, x) -> text(s.getUpdatedAt().toString())));

    private SubscriptionFields() {}

    private static void id(Value value, Draft draft) {
        String id = value.text(TEXT_MAX);
        if (id == null) {
            return;
        }
        if (SubscriptionPartition.isId(id)) {
            draft.id = id;
            draft.record.setId(id);
        } else {
            value.refuse("1 to 64 of A-Z a-z 0-9 _ - are accepted.");
        }
    }

    private static void description(Value value, Draft draft) {
        set(value.text(TEXT_MAX), draft.record::setDescription);
    }

    private static void url(Value value, Draft draft) {
        String url = value.text(EndpointUrl.LENGTH_MAX);
        if (url == null) {
            return;
        }
        try {
            EndpointUrl parsed = EndpointUrl.parse(url);
            if (parsed.scheme().equals("http")) {
                value.warn("plain http: anyone on the way can read the events; use https outside of tests.");
            }
            draft.record.setUrl(url);
        } catch (IllegalArgumentException e) {
            value.refuseSecret(e.getMessage() + " An absolute URL is expected, such as https://partner.example/hooks.");
        }
    }

    private static void eventTypes(Value value, Draft draft) {
        List<String> types = new ArrayList<>();
        for (Value item : value.items(EVENT_TYPES_MAX)) {
            String type = item.text(TopicNames.TYPE_LENGTH_MAX + 2);
            if (type == null) {
                continue;
            }
            String exact = type.endsWith(".*") ? type.substring(0, type.length() - 2) : type;
            if (type.equals("*") || TopicNames.isEventType(exact)) {
                types.add(type);
            } else {
                item.refuse("an event type, a prefix such as order.*, or * for all is expected.");
            }
        }
        if (value.node().isArray() && value.node().isEmpty()) {
            value.refuse("at least one event type is expected; * stands for all.");
        }
        draft.record.setEventTypes(types.stream().distinct().toList());
    }

    private static void filter(Value value, Draft draft) {
        String pattern = value.node().isTextual()
                ? value.node().textValue()
                : value.node().toString();
        try {
            Filter.parse(pattern);
            draft.record.setFilter(JSON.readTree(pattern).toString());
        } catch (InvalidFilterException e) {
            e.problems().forEach(problem -> value.refuseSecret(problem.toString()));
        } catch (JsonProcessingException e) {
            value.refuseSecret("not readable as JSON: " + e.getOriginalMessage());
        }
    }

    private static void schemaVersions(Value value, Draft draft) {
        Map<String, Integer> versions = new HashMap<>();
        value.entries(EVENT_TYPES_MAX).forEach((type, version) -> {
            Integer number = version.integer(1, Integer.MAX_VALUE);
            if (!TopicNames.isEventType(type)) {
                version.refuse("'" + type + "' is not an event type; patterns have no schema version.");
            } else if (number != null) {
                versions.put(type, number);
            }
        });
        draft.record.setSchemaVersions(versions);
    }

    private static void retrySchedule(Value value, Draft draft) {
        String text = value.text(TEXT_MAX);
        try {
            draft.record.setRetrySchedule(
                    text == null ? null : RetrySchedule.parse(text).toString());
        } catch (IllegalArgumentException e) {
            value.refuseSecret(String.valueOf(e.getMessage()));
        }
    }

    private static void rateLimit(Value value, Draft draft) {
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

    private static void breaker(Value value, Draft draft) {
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

    private static void status(Value value, Draft draft) {
        SubscriptionStatus status = value.choice(known(SubscriptionStatus.values()));
        if (status != null) {
            draft.record.setStatus(status);
            draft.statusGiven = true;
        }
    }

    private static @Nullable JsonNode breaker(Breaker breaker) {
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

    private static @Nullable JsonNode rate(@Nullable RateLimit limit) {
        if (limit == null) {
            return null;
        }
        String period = DurationText.format(Duration.ofMillis(limit.getPeriodMs()));
        String unit = period.matches("1(ms|s|m|h|d)") ? period.substring(1) : period;
        return text(limit.getAttempts() + "/" + unit);
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return text(text);
        }
    }

    private static @Nullable JsonNode versions(Map<String, Integer> versions) {
        ObjectNode node = instance.objectNode();
        new TreeMap<>(versions).forEach(node::put);
        return node.isEmpty() ? null : node;
    }

    private static JsonNode list(List<String> items) {
        ArrayNode array = instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    private static @Nullable JsonNode choice(Enum<?> value, @Nullable Enum<?> usual) {
        return value == usual
                ? null
                : text(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static @Nullable JsonNode duration(@Nullable Number ms) {
        return ms == null ? null : text(DurationText.format(Duration.ofMillis(ms.longValue())));
    }

    private static @Nullable JsonNode nonEmpty(String value) {
        return value.isEmpty() ? null : text(value);
    }

    private static @Nullable JsonNode text(@Nullable String value) {
        return value == null ? null : instance.textNode(value);
    }

    private static <E extends Enum<E>> List<E> known(E[] symbols) {
        return Arrays.stream(symbols)
                .filter(s -> !Objects.equals(s.name(), "UNKNOWN"))
                .toList();
    }

    private static <T> void set(@Nullable T value, java.util.function.Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static void flag(@Nullable Boolean value, java.util.function.Consumer<Boolean> setter) {
        set(value, setter);
    }
}
