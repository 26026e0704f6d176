package io.hookline.ops.subscription;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static io.hookline.ops.subscription.FieldValues.choice;
import static io.hookline.ops.subscription.FieldValues.duration;
import static io.hookline.ops.subscription.FieldValues.flag;
import static io.hookline.ops.subscription.FieldValues.known;
import static io.hookline.ops.subscription.FieldValues.list;
import static io.hookline.ops.subscription.FieldValues.nonEmpty;
import static io.hookline.ops.subscription.FieldValues.set;
import static io.hookline.ops.subscription.FieldValues.text;

import io.hookline.avro.BacklogOrder;
import io.hookline.avro.OnExhaustion;
import io.hookline.avro.Ordering;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.SuccessRule;
import java.time.Duration;
import java.util.List;

/** All fields of a subscription document, in the order in which they are written. */
final class SubscriptionFields {
    /** Not a part of the subscription: what the deliverers recorded of its endpoint. */
    static final String DISABLED = "disabled";

    static final int TEXT_MAX = 1_000;

    static final List<Field> ALL = List.of(
            new Field(
                    "id",
                    "Name of the subscription: 1 to 64 of `A-Z a-z 0-9 _ -`. Required.",
                    RoutingFields::id,
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
                    (v, d) -> set(v.text(TEXT_MAX), d.record::setDescription),
                    (s, x) -> nonEmpty(s.getDescription())),
            new Field(
                    "url",
                    "Where deliveries are sent: `https://…` or `http://…`. Required.",
                    RoutingFields::url,
                    (s, x) -> text(s.getUrl())),
            new Field(
                    "eventTypes",
                    "Event types, prefixes such as `order.*`, or `*` for all. Required.",
                    RoutingFields::eventTypes,
                    (s, x) -> list(s.getEventTypes())),
            new Field(
                    "filter",
                    "Event pattern (EventBridge language) as a mapping or JSON text; absent: every event of the types.",
                    RoutingFields::filter,
                    (s, x) -> RoutingFields.json(s.getFilter())),
            new Field(
                    "transform",
                    "JSONata expression that makes the payload's data (docs/transform.md); absent: the event's data as it is.",
                    TransformField::read,
                    (s, x) -> text(s.getTransform())),
            new Field(
                    "schemaVersions",
                    "Event type to the schema version the receiver was built for; absent: the writer's.",
                    RoutingFields::schemaVersions,
                    (s, x) -> RoutingFields.versions(s.getSchemaVersions())),
            new Field(
                    "payloadFormat",
                    "`standard`, `cloudevents-binary`, `cloudevents-structured` or `raw`; default `standard`.",
                    (v, d) -> set(v.choice(known(PayloadFormat.values())), d.record::setPayloadFormat),
                    (s, x) -> choice(s.getPayloadFormat(), PayloadFormat.STANDARD)),
            new Field(
                    "headers",
                    "Static headers of each request; `show` masks their values (below).",
                    HeaderFields::read,
                    HeaderFields::write),
            new Field(
                    "auth",
                    "How the endpoint is told who calls (below): `{kind: basic, user, password}`, `{kind: bearer, token}`, `{kind:"
                            + " oauth2-client-credentials, clientId, clientSecret, tokenUrl, scopes}` or `{kind: mutual-tls, certificate, key}`,"
                            + " each with `trustedCa` where the endpoint's certificate is not from a public CA; absent: none.",
                    AuthFields::read,
                    AuthFields::write),
            new Field(
                    "signing",
                    "`generate` (default: an HMAC secret is made once and printed once), `generate-ed25519` (a key pair; the public key is"
                            + " printed), `none`, a `whsec_…` or `whsk_…` secret, or a list of secrets, each `{secret, expiresAt}`.",
                    SigningFields::read,
                    SigningFields::write),
            new Field(
                    "retrySchedule",
                    "Waits between attempts, such as `5s 5m 30m 2h jitter 20%`; absent: the platform's.",
                    DeliveryFields::retrySchedule,
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
                    DeliveryFields::rateLimit,
                    (s, x) -> DeliveryFields.rate(s.getRateLimit())),
            new Field(
                    "maxInFlight",
                    "Attempts under way at once, 1 to 10000; absent: the platform's.",
                    (v, d) -> set(v.integer(1, 10_000), d.record::setMaxInFlight),
                    (s, x) -> s.getMaxInFlight() == null ? null : instance.numberNode(s.getMaxInFlight())),
            new Field(
                    "breaker",
                    "Circuit breaker: `false`, or `{enabled, failureRatio, minimumAttempts}`; default on.",
                    DeliveryFields::breaker,
                    (s, x) -> DeliveryFields.breaker(s.getBreaker())),
            new Field(
                    "ordering",
                    "`none`, the default. `key` and `endpoint` are refused: this release keeps no order yet.",
                    DeliveryFields::ordering,
                    (s, x) -> choice(s.getOrdering(), Ordering.NONE)),
            new Field(
                    "onExhaustion",
                    "When retries run out: `dead-letter`, the default. `halt` is refused: this release keeps no order yet, so there is"
                            + " nothing to halt for.",
                    DeliveryFields::onExhaustion,
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
                    "`active` or `paused`; absent: as it is, at first `active`. While it is paused, what comes waits in the log.",
                    DeliveryFields::status,
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
                    (s, x) -> text(s.getUpdatedAt().toString())),
            new Field(
                    DISABLED,
                    "Written by `show` while the endpoint is disabled, as `{reason, since}`; ignored by `apply`."
                            + " `subscriptions resume` enables it.",
                    (v, d) -> {},
                    (s, x) -> null));

    private SubscriptionFields() {}
}
