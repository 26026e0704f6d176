package io.hookline.producer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.producer.Event;
import io.hookline.schemas.event.EventAttributes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Results results = new Results("mailer");

    @Test
    void shouldPublishNothingForNothing() {
        assertThat(results.of(event("1", "s", 0), null)).isEmpty();
        assertThat(results.of(event("1", "s", 0), Optional.empty())).isEmpty();
    }

    @Test
    void shouldCorrelateTheResult() {
        Event result = results.of(event("1", "s", 2), Map.of("a", 1)).orElseThrow();
        assertThat(result.type()).isEqualTo("order_created.result");
        assertThat(result.data()).isEqualTo(Map.of("a", 1));
        assertThat(result.key()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xff}));
        assertThat(result.tenant()).isEqualTo("acme");
        assertThat(result.traceparent()).isEqualTo(TRACE);
        assertThat(result.headers())
                .isEqualTo(Map.of(
                        "ce_causationid", "1",
                        "ce_correlationid", "first",
                        "ce_chaindepth", "3",
                        "ce_resultstatus", "ok"));
    }

    @Test
    void shouldKeepWhatTheHandlerSays() {
        Event given =
                Event.of(Map.of()).key("k").tenant("t").subject("s").id("own").type("order_created.result");
        Event result = results.of(event("1", "s", 0), Optional.of(given)).orElseThrow();
        assertThat(result.key()).isEqualTo(given.key());
        assertThat(result.tenant()).isEqualTo("t");
        assertThat(result.subject()).isEqualTo("s");
        assertThat(result.id()).isEqualTo("own");
    }

    @Test
    void shouldRefuseAnotherType() {
        assertThatThrownBy(() -> results.of(event("1", "s", 0), Event.of("order_created", Map.of())))
                .hasMessageContaining(
                        "The handler of 'order_created' returned an event of type 'order_created': its results"
                                + " are of type 'order_created.result'");
    }

    @Test
    void shouldGiveTheSameIdToTheSameResultOnly() {
        String id = results.id(event("1", "s", 0));
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(results.id(event("1", "s", 5))).isEqualTo(id);
        assertThat(results.id(event("2", "s", 0))).isNotEqualTo(id);
        assertThat(results.id(event("1", "t", 0))).isNotEqualTo(id);
        assertThat(results.id(event("1", null, 0))).isNotEqualTo(id);
        assertThat(results.id(event("s1", "", 0))).isNotEqualTo(results.id(event("1", "s", 0)));
        assertThat(new Results("other").id(event("1", "s", 0))).isNotEqualTo(id);
    }

    @Test
    void shouldNotCarryOnWhatNoEventMayCarry() {
        ReceivedEvent event = new ReceivedEvent(
                "a",
                "1",
                new EventAttributes("1", null, null, null, null, "  ", null, "nonsense"),
                "1",
                0,
                ByteBuffer.allocate(0),
                Map.of(),
                "events.a",
                0,
                0,
                Instant.EPOCH);
        Event result = results.of(event, Map.of()).orElseThrow();
        assertThat(result.tenant()).isNull();
        assertThat(result.traceparent()).isNull();
        assertThat(result.key()).isNull();
    }

    @Test
    void shouldSayThatTheHandlerFailed() {
        Event result = results.failure(event("1", "s", 0), 5, new IllegalStateException("x".repeat(5000)));
        assertThat(result.headers()).containsEntry("ce_resultstatus", "error").containsEntry("ce_causationid", "1");
        assertThat((Map<?, ?>) result.data()).hasSize(3);
        assertThat(((Map<?, ?>) result.data()).get("status")).isEqualTo("error");
        assertThat(((Map<?, ?>) result.data()).get("attempts")).isEqualTo(5);
        assertThat(((Map<?, ?>) result.data()).get("error").toString())
                .startsWith("java.lang.IllegalStateException: xxx")
                .hasSize(1000);
    }

    private static ReceivedEvent event(String id, String source, int depth) {
        return new ReceivedEvent(
                "order_created",
                id,
                new EventAttributes(id, source, null, null, null, "acme", null, TRACE),
                "first",
                depth,
                ByteBuffer.wrap(new byte[] {(byte) 0xff}),
                Map.of(),
                "events.order_created",
                0,
                depth,
                Instant.EPOCH);
    }
}
