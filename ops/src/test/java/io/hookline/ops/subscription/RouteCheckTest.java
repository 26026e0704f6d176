package io.hookline.ops.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.Breaker;
import io.hookline.avro.Subscription;
import io.hookline.ops.emit.EventFile;
import io.hookline.producer.Event;
import io.hookline.router.filter.EventAttributes;
import io.hookline.schemas.serde.GeneratedClasses;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RouteCheckTest {
    @BeforeAll
    static void trustGeneratedClasses() {
        GeneratedClasses.trust();
    }

    private static Subscription subscription(String tenant, String filter, String... types) {
        return Subscription.newBuilder()
                .setId("vip")
                .setTenant(tenant)
                .setPlatformWide(tenant == null)
                .setUrl("https://partner.example/")
                .setEventTypes(List.of(types))
                .setFilter(filter)
                .setBreaker(Breaker.newBuilder().build())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static RouteCheck.Sample sample(String tenant, String data) {
        return new RouteCheck.Sample(
                new EventAttributes("order_created", "/shop", null, tenant, null, null),
                data.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldMatchWhatARouterWouldSend() {
        Subscription vip = subscription("acme", "{\"data\":{\"amount\":[{\"numeric\":[\">\",100]}]}}", "order_created");
        assertThat(RouteCheck.of(vip, sample("acme", "{\"amount\":120}"))).isEqualTo(new RouteCheck(true, List.of()));
        assertThat(RouteCheck.of(subscription(null, null, "*"), sample(null, "{}"))
                        .matches())
                .isTrue();
        assertThat(RouteCheck.of(subscription("acme", null, "order_created"), sample("acme", "no json"))
                        .matches())
                .isTrue();
    }

    @Test
    void shouldSayWhichConditionFailsWithWhichValue() {
        Subscription vip = subscription("acme", "{\"data\":{\"amount\":[{\"numeric\":[\">\",100]}]}}", "order_created");
        assertThat(RouteCheck.of(vip, sample("acme", "{\"amount\":7}")).reasons())
                .singleElement()
                .asString()
                .startsWith("data.amount is 7, expected ")
                .contains("100");
        assertThat(RouteCheck.of(vip, sample("acme", "{}")).reasons())
                .singleElement()
                .asString()
                .startsWith("data.amount is nothing");
    }

    @Test
    void shouldSayWhatOfTypeAndTenantIsOther() {
        Subscription other = subscription("beta", "{\"data\":{\"x\":[1]}}", "order_paid", "user.*");
        assertThat(RouteCheck.of(other, sample("acme", "{\"x\":1}")).reasons())
                .containsExactly("type is \"order_created\", expected order_paid or user.*; and tenant is \"acme\","
                        + " expected \"beta\"");
        assertThat(RouteCheck.of(other, sample(null, "{\"x\":2}")).reasons())
                .singleElement()
                .asString()
                .contains("tenant is nothing, expected \"beta\"")
                .contains("data.x is 2");
        assertThat(RouteCheck.isNear(other, sample("beta", "{}"))).isFalse();
        assertThat(RouteCheck.isNear(subscription("beta", null, "order_*", "*"), sample("beta", "{}")))
                .isTrue();
    }

    @Test
    void shouldTellEveryWayOfAnOr() {
        Subscription either = subscription("acme", "{\"data\":{\"$or\":[{\"a\":[1]},{\"b\":[2]}]}}", "order_created");
        assertThat(RouteCheck.of(either, sample("acme", "{\"a\":3,\"b\":4}")).reasons())
                .hasSize(2)
                .anySatisfy(reason -> assertThat(reason).contains("data.a is 3"))
                .anySatisfy(reason -> assertThat(reason).contains("data.b is 4"));
    }

    @Test
    void shouldSayThatTheDataOrTheFilterCannotBeRead() {
        Subscription vip = subscription("acme", "{\"data\":{\"a\":[1]}}", "order_created");
        assertThat(RouteCheck.of(vip, sample("acme", "{\"a\":")).reasons())
                .singleElement()
                .asString()
                .contains("not JSON");
        assertThat(RouteCheck.of(subscription("acme", "{\"a\":", "order_created"), sample("acme", "{}"))
                        .reasons())
                .singleElement()
                .asString()
                .contains("filter cannot be used");
    }

    @Test
    void shouldReadAnEnvelopeOrDataAlone() {
        Event envelope = EventFile.read(
                "{\n \"type\": \"order_created\", \"tenant\": \"acme\", \"time\": \"2026-11-24T08:30:00Z\",\n"
                        + " \"data\": {\"id\": 9007199254740993, \"x\": 1.10}}",
                null,
                null);
        assertThat(envelope.type()).isEqualTo("order_created");
        assertThat(envelope.tenant()).isEqualTo("acme");
        assertThat(new String(EventFile.data(envelope), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":9007199254740993,\"x\":1.10}");
        Event plain = EventFile.read("{\"x\": 1}", "order_paid", "beta");
        assertThat(plain.type()).isEqualTo("order_paid");
        assertThat(plain.tenant()).isEqualTo("beta");
        assertThatThrownBy(() -> EventFile.read("{\"x\": 1}", null, null)).hasMessageContaining("no attribute 'x'");
        assertThatThrownBy(() -> EventFile.read("[", "order_paid", null)).isInstanceOf(IllegalArgumentException.class);
    }
}
