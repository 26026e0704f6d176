package io.hookline.schemas.evolution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hookline.avro.Attempt;
import io.hookline.avro.AuthKind;
import io.hookline.avro.BacklogOrder;
import io.hookline.avro.Breaker;
import io.hookline.avro.Checkpoint;
import io.hookline.avro.Command;
import io.hookline.avro.CommandAction;
import io.hookline.avro.DeadCause;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadMark;
import io.hookline.avro.DeadMarkAction;
import io.hookline.avro.DeadRange;
import io.hookline.avro.Delivery;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.EndpointStatus;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Instance;
import io.hookline.avro.InstanceRole;
import io.hookline.avro.NextStep;
import io.hookline.avro.OnExhaustion;
import io.hookline.avro.Ordering;
import io.hookline.avro.ParkedUnit;
import io.hookline.avro.PartialRecord;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.RateLimit;
import io.hookline.avro.Reason;
import io.hookline.avro.Replay;
import io.hookline.avro.ReplayRange;
import io.hookline.avro.ReplayRule;
import io.hookline.avro.ReplayStatus;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Stage;
import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.avro.SuccessRule;
import io.hookline.avro.TopicPosition;
import io.hookline.events.Channel;
import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records whose bytes are pinned, by the name of their file. Together the records of one type set every field to something else than
 * its default; maps have one entry, so that there is one order.
 */
final class GoldenRecords {
    private static final String ID = "msg_01M86AT5XV0P6AJD04JV1QYRJJ";
    private static final Instant T0 = Instant.ofEpochMilli(1_795_509_000_123L);
    private static final Instant T1 = T0.plusMillis(1_500);
    private static final Instant T2 = T0.plusSeconds(300);

    private GoldenRecords() {}

    static Map<String, SpecificRecord> all() {
        Map<String, SpecificRecord> all = new LinkedHashMap<>();
        all.put("UserRegister", userRegister());
        all.put("OrderCreated", orderCreated());
        all.put("Subscription", subscription());
        all.put("Delivery", delivery());
        all.put("Retry", retry());
        all.put("DeadLetter", deadLetter());
        all.put("DeadLetter-range", deadRange());
        all.put("DeadMark", deadMark());
        all.put("PipelineDead", pipelineDead());
        all.put("Attempt", attempt());
        all.put("Checkpoint", checkpoint());
        all.put("EndpointStatus", endpointStatus());
        all.put("ParkedUnit", parkedUnit());
        all.put("Command", command());
        all.put("Replay", replay());
        all.put("Instance", instance());
        return all;
    }

    private static UserRegister userRegister() {
        return UserRegister.newBuilder()
                .setUserId("4")
                .setRegisteredAt(T0)
                .setEmail("ada@example.com")
                .setChannel(Channel.MOBILE)
                .build();
    }

    private static OrderCreated orderCreated() {
        return OrderCreated.newBuilder()
                .setOrderId("4-1")
                .setUserId("4")
                .setCreatedAt(T0)
                .setQuantity(3)
                .setAmount(new BigDecimal("29.33"))
                .setCurrency("EUR")
                .build();
    }

    private static Subscription subscription() {
        return Subscription.newBuilder()
                .setId("crm")
                .setTenant("acme")
                .setPlatformWide(true)
                .setDescription("Größere Kunden")
                .setUrl("https://crm.example.com/hooks")
                .setEventTypes(List.of("order_created", "user.*"))
                .setFilter("{\"data\":{\"amount\":[{\"numeric\":[\">\",100]}]}}")
                .setTransform("{\"id\": data.orderId}")
                .setSchemaVersions(Map.of("order_created", 2))
                .setPayloadFormat(PayloadFormat.CLOUDEVENTS_STRUCTURED)
                .setHeaders(Map.of("x-shop", "eu"))
                .setSigningKeys(List.of(signingKey()))
                .setAuth(auth())
                .setRetrySchedule("5s 5m 30m jitter 20%")
                .setMaxAgeMs(86_400_000L)
                .setTimeoutMs(15_000)
                .setRateLimit(new RateLimit(10, 60_000L))
                .setMaxInFlight(8)
                .setBreaker(new Breaker(false, 0.25, 20))
                .setOrdering(Ordering.KEY)
                .setOnExhaustion(OnExhaustion.HALT)
                .setBacklogOrder(BacklogOrder.FRESH_FIRST)
                .setStatus(SubscriptionStatus.PAUSED)
                .setSuccessRule(SuccessRule.JSON_STATUS_SUCCESS)
                .setCreatedAt(T0)
                .setUpdatedAt(T1)
                .setVersion(7)
                .setPayloadEncryption(bytes("parameters"))
                .setEndpointId("shared")
                .setSealedHeaders(Map.of("authorization", new Secret(bytes("sealed three"), "keyset-1", "")))
                .build();
    }

    private static SigningKey signingKey() {
        return SigningKey.newBuilder()
                .setAlgorithm(SigningAlgorithm.ED25519)
                .setSecret(new Secret(bytes("sealed"), "keyset-1", "whpk_public"))
                .setCreatedAt(T0)
                .setExpiresAt(T2)
                .build();
    }

    private static EndpointAuth auth() {
        return EndpointAuth.newBuilder()
                .setKind(AuthKind.OAUTH2_CLIENT_CREDENTIALS)
                .setUser("client")
                .setSecret(new Secret(bytes("sealed too"), "keyset-1", ""))
                .setTokenUrl("https://id.example.com/token")
                .setScopes(List.of("hooks"))
                .setCertificate("-----BEGIN CERTIFICATE-----")
                .setTrustedCa("-----BEGIN CERTIFICATE-----\nCA")
                .build();
    }

    private static Delivery delivery() {
        return Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 1, 6, '4', '-', '1'}))
                .setKey(bytes("4"))
                .setHeaders(List.of(
                        new EventHeader("ce_id", bytes("4-1")), new EventHeader("ce_type", bytes("order_created"))))
                .setTopic("events.order_created")
                .setPartition(5)
                .setOffset(123_456_789_012L)
                .setRecordedAt(T0)
                .setType("order_created")
                .setTenant("acme")
                .setSubscriptions(List.of("crm", "warehouse"))
                .setSubscriptionsOffset(41)
                .setReplayId("r-1")
                .build();
    }

    private static Retry retry() {
        return Retry.newBuilder()
                .setDelivery(Delivery.newBuilder(delivery())
                        .setSubscriptions(List.of("crm"))
                        .build())
                .setState(RetryState.newBuilder()
                        .setAttempts(3)
                        .setFirstAttemptAt(T0)
                        .setNotBefore(T1)
                        .setNotAfter(T2)
                        .setReleaseAt(T1)
                        .setLastReason(Reason.SERVER_ERROR)
                        .setLastStatus(503)
                        .build())
                .build();
    }

    private static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setSubscription("crm")
                .setCause(DeadCause.EXHAUSTED)
                .setReason(Reason.TIMEOUT)
                .setDetail("No answer within 15 s; make the endpoint answer before it works.")
                .setWebhookId(ID)
                .setDelivery(Delivery.newBuilder(delivery())
                        .setSubscriptions(List.of("crm"))
                        .build())
                .setAttempts(8)
                .setFirstAttemptAt(T0)
                .setLastStatus(500)
                .setLastAnswer(bytes("oops"))
                .setDeadAt(T2)
                .build();
    }

    private static DeadLetter deadRange() {
        return DeadLetter.newBuilder()
                .setSubscription("crm")
                .setCause(DeadCause.RETENTION)
                .setReason(Reason.SUBSCRIPTION_PAUSED)
                .setDeadAt(T2)
                .setRange(new DeadRange("deliveries", 5, 1_000L, 2_000L, 17L))
                .build();
    }

    private static DeadMark deadMark() {
        return DeadMark.newBuilder()
                .setAction(DeadMarkAction.DISCARDED)
                .setOffsets(List.of(3L, 5L, 8_000_000_000L))
                .setReplayId("r-1")
                .setNote("test data")
                .setMarkedAt(T2)
                .setMarkedBy("ada")
                .build();
    }

    private static Replay replay() {
        return Replay.newBuilder()
                .setId("replay_20261124T080000Z_abc123")
                .setSubscription("crm")
                .setRequest("--subscription crm --from 2h")
                .setStatus(ReplayStatus.CANCELLED)
                .setRules(List.of(ReplayRule.newBuilder()
                        .setTenant("acme")
                        .setEventTypes(List.of("order.*", "user_register"))
                        .setFilter("{\"data\":{\"amount\":[{\"numeric\":[\">\",100]}]}}")
                        .build()))
                .setRanges(List.of(ReplayRange.newBuilder()
                        .setTopic("events.order_created")
                        .setPartition(5)
                        .setFirst(9)
                        .setEnd(8_000_000_000L)
                        .setNext(7_000_000_000L)
                        .build()))
                .setRate(500)
                .setEvents(3)
                .setDeliveries(2)
                .setUnreadable(1)
                .setStartedAt(T0)
                .setStartedBy("ada at here")
                .setUpdatedAt(T1)
                .setUpdatedBy("bob at there")
                .build();
    }

    private static PipelineDead pipelineDead() {
        return PipelineDead.newBuilder()
                .setStage(Stage.ROUTER)
                .setFault(PipelineFault.UNDECODABLE)
                .setDetail("First byte is 7, not 0.")
                .setTopic("events.order_created")
                .setPartition(5)
                .setOffset(9)
                .setRecordedAt(T0)
                .setValue(bytes("\u0007"))
                .setHeaders(List.of(new EventHeader("ce_id", bytes("4-1"))))
                .setFailedAt(T1)
                .build();
    }

    private static Attempt attempt() {
        return Attempt.newBuilder()
                .setWebhookId(ID)
                .setSubscription("crm")
                .setType("order_created")
                .setTenant("acme")
                .setAttempt(2)
                .setStartedAt(T1)
                .setLatencyUs(250_000)
                .setStatus(429)
                .setReason(Reason.THROTTLED)
                .setDetail("Retry-After 300")
                .setAnswer(bytes("slow down"))
                .setNext(NextStep.RETRY)
                .setNextAt(T2)
                .setReplayId("r-1")
                .build();
    }

    private static Checkpoint checkpoint() {
        return Checkpoint.newBuilder()
                .setPositions(List.of(TopicPosition.newBuilder()
                        .setTopic("deliveries")
                        .setPosition(1_000)
                        .setDone(bytes("bitmap"))
                        .setPartial(List.of(new PartialRecord(1_002L, ByteBuffer.wrap(new byte[] {5}))))
                        .build()))
                .setWrittenAt(T1)
                .setInstance("deliverer-1")
                .build();
    }

    private static EndpointStatus endpointStatus() {
        return EndpointStatus.newBuilder()
                .setSubscription("crm")
                .setFailingSince(T0)
                .setDisabledAt(T2)
                .setDisabledReason(Reason.GONE)
                .setDisabledAtOffset(41)
                .setSequence(77)
                .setLastCommand("c-1")
                .build();
    }

    private static ParkedUnit parkedUnit() {
        return ParkedUnit.newBuilder()
                .setSubscription("crm")
                .setOrderingKey(bytes("4"))
                .setSegment(2)
                .setTopic("deliveries")
                .setOffsets(ByteBuffer.wrap(new byte[] {(byte) 0xe8, 7, 1, 1}))
                .setCount(3)
                .setBytes(3_072)
                .setSince(T0)
                .setReason(Reason.CONNECT_FAILED)
                .build();
    }

    private static Command command() {
        return Command.newBuilder()
                .setId("c-1")
                .setSubscription("crm")
                .setAction(CommandAction.SKIP)
                .setOrderingKey(bytes("4"))
                .setWebhookId(ID)
                .setReplayId("r-1")
                .setRequestedAt(T1)
                .setRequestedBy("ada")
                .build();
    }

    private static Instance instance() {
        return Instance.newBuilder()
                .setId("deliverer-1")
                .setRole(InstanceRole.DELIVERER)
                .setVersion("0.1.0")
                .setHost("host-a")
                .setStartedAt(T0)
                .setBeatAt(T1)
                .setAppliedSubscriptions(Map.of("5", 41L))
                .setPartitions(List.of(1, 5))
                .build();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
