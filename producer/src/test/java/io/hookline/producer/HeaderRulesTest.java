package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {
    private static final Event EVENT = Event.of("order_created", Map.of());
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void shouldTakeWhatReadersUnderstand() {
        Event event = EVENT.id("a b/ü")
                .source("https://shop.example/x?y=1#z")
                .subject("orders/1")
                .tenant("acme")
                .time(Instant.EPOCH)
                .traceparent(TRACE)
                .header("ce_causationid", "1")
                .header("tracestate", "a=b")
                .header("X-Batch", "7");
        assertThatCode(() -> HeaderRules.check(event, "order_created")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "nul\u0000", "del\u007f", "half \uD800"})
    void shouldRefuseValuesThatAreNoHeaderText(String value) {
        assertRefused(EVENT.id(value), "has id '");
        assertRefused(EVENT.subject(value), "has subject '");
        assertRefused(EVENT.tenant(value), "has tenant '");
        assertRefused(EVENT.source(value), "has source '");
        assertRefused(EVENT.header("x", value), "has header x '");
    }

    @Test
    void shouldRefuseValuesThatReadersRefuse() {
        assertThatCode(() -> HeaderRules.check(EVENT.id("x".repeat(4096)), "t")).doesNotThrowAnyException();
        assertRefused(EVENT.id("x".repeat(4097)), "it has 4097 bytes; at most 4096 are accepted");
        assertRefused(EVENT.tenant("ü".repeat(2049)), "it has 4098 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my service", "::", "http://[", "%zz"})
    void shouldRefuseASourceThatIsNoUriReference(String source) {
        assertRefused(EVENT.source(source), "has source '" + source + "': a CloudEvents source is a URI reference");
    }

    @Test
    void shouldRefuseTimesThatRfc3339CannotWrite() {
        assertRefused(EVENT.time(Instant.MAX), "RFC 3339 has the years 0001 to 9999");
        assertRefused(EVENT.time(Instant.parse("0000-12-31T23:59:59Z")), "RFC 3339");
        assertThatCode(() -> HeaderRules.check(EVENT.time(Instant.parse("9999-12-31T23:59:59.999999999Z")), "t"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
            })
    void shouldRefuseATraceparentThatIsNone(String traceparent) {
        assertRefused(EVENT.traceparent(traceparent), "W3C trace context is expected");
    }

    @Test
    void shouldSendHeadersOfTheirOwnToTheirMethods() {
        assertRefused(EVENT.header("ce_id", "1"), "has header 'ce_id': set it with Event.id");
        assertRefused(EVENT.header("ce_tenant", "1"), "set it with Event.tenant");
        assertRefused(EVENT.header("traceparent", TRACE), "set it with Event.traceparent");
        assertRefused(EVENT.header("content-type", "text/plain"), "it is set by the producer");
        assertRefused(EVENT.header("ce_specversion", "0.3"), "it is set by the producer");
        assertRefused(EVENT.header("ce_datacontenttype", "text/plain"), "it is set by the producer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "ce_", "ce_Big", "ce_under_score", "ce_abcdefghijklmnopqrstu", "a b", "ü", "a:b", "a\n"
            })
    void shouldRefuseNamesThatAreNoHeaderNames(String name) {
        assertRefused(EVENT.header(name, "1"), "has header '" + name + "'");
    }

    private static void assertRefused(Event event, String message) {
        assertThatThrownBy(() -> HeaderRules.check(event, "order_created"))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("Event of type 'order_created' ")
                .hasMessageContaining(message);
    }
}
