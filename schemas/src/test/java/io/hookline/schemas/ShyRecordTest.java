package io.hookline.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.AuthKind;
import io.hookline.avro.Delivery;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.events.OrderCreated;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShyRecordTest {
    private static final String HUSH = "hush-do-not-show-this-to-anyone";

    private static Subscription subscription() {
        Secret secret = new Secret(ByteBuffer.wrap(HUSH.getBytes(UTF_8)), "", "");
        return Subscription.newBuilder()
                .setId("crm")
                .setUrl("https://crm.example.com")
                .setEventTypes(List.of("*"))
                .setHeaders(Map.of("authorization", HUSH))
                .setSigningKeys(List.of(new SigningKey(SigningAlgorithm.HMAC_SHA256, secret, Instant.EPOCH, null)))
                .setAuth(EndpointAuth.newBuilder()
                        .setKind(AuthKind.BEARER)
                        .setSecret(secret)
                        .build())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    @Test
    void shouldNotShowSecrets() {
        assertThat(subscription().toString())
                .contains(
                        "Subscription{formatVersion=1, id=crm, tenant=null,",
                        "headers={authorization=***}",
                        "secret=Secret{value=<31 bytes>, keyId=, fingerprint=}")
                .doesNotContain(HUSH);
        assertThat(subscription().getAuth().toString()).doesNotContain(HUSH);
        assertThat(subscription().getSigningKeys().get(0).getSecret().toString())
                .isEqualTo("Secret{value=<31 bytes>, keyId=, fingerprint=}");
    }

    @Test
    void shouldNotShowPayloads() {
        Delivery delivery = Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(HUSH.getBytes(UTF_8)))
                .setKey(null)
                .setHeaders(List.of(new EventHeader("cookie", ByteBuffer.wrap(HUSH.getBytes(UTF_8)))))
                .setTopic("events.a")
                .setPartition(1)
                .setOffset(2)
                .setRecordedAt(Instant.EPOCH)
                .setType("a")
                .setSubscriptions(Collections.nCopies(1000, "s"))
                .build();
        assertThat(delivery.toString())
                .contains("event=<31 bytes>", "EventHeader{name=cookie, value=<31 bytes>}", "... 1000 in all]")
                .hasSizeLessThan(700)
                .doesNotContain(HUSH);
    }

    @Test
    void shouldBeOneBoundedLine() {
        Subscription subscription = subscription();
        subscription.setDescription("a\nb" + "x".repeat(1_000_000));
        subscription.setHeaders(Map.of());

        assertThat(subscription.toString())
                .contains("a\\u000ab", "... (1000003 characters)")
                .hasLineCount(1)
                .hasSizeLessThan(2000);
    }

    @Test
    void shouldShowLogicalTypesReadably() {
        OrderCreated order = OrderCreated.newBuilder()
                .setOrderId("4-1")
                .setUserId("4")
                .setCreatedAt(Instant.EPOCH)
                .setQuantity(1)
                .setAmount(new BigDecimal("29.33"))
                .build();
        assertThat(order.toString())
                .isEqualTo("OrderCreated{orderId=4-1, userId=4, createdAt=1970-01-01T00:00:00Z, quantity=1,"
                        + " amount=29.33, currency=USD}");
    }

    @Test
    void shouldShowAHalfBuiltRecord() {
        assertThat(new Subscription().toString()).startsWith("Subscription{formatVersion=0, id=null");
    }
}
