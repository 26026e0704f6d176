package io.hookline.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.event.EventAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIdTest {
    private static final long TIME_MAX = (1L << 48) - 1;
    private static final long TIME = 1_795_509_000_123L;
    private static final String ULID = "msg_[0-7][0-9A-HJKMNP-TV-Z]{25}";

    /** Receivers remember ids for as long as they like: these may never change. Computed by a second implementation, over one 128-bit number, in another language. */
    @ParameterizedTest
    @CsvSource({
        "0, '', '', '', msg_0000000000VN3C7VNV322FYETJ",
        "1795509000123, shop, o-1, crm, msg_01M86AT5XV0P6AJD04JV1QYRJJ",
        "1795509000123, shop, o-1, warehouse, msg_01M86AT5XVTAZ0K0BDHCW6WX2J",
        "281474976710655, /größe, ☃, a_b-C9, msg_7ZZZZZZZZZ8HAEHZTKEZV83WY6",
    })
    void shouldMakeTheSameIdForEver(long time, String source, String id, String subscription, String expected) {
        assertThat(WebhookId.of(time, source, id, subscription)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, events.a, 0, 0, s, msg_0000000000ETD4HX51QCGEBCDJ",
        "1795509000123, events.order_created, 31, 9223372036854775807, crm, msg_01M86AT5XVK9SDWDRTH5YERMW0",
    })
    void shouldMakeTheSameIdOfCoordinatesForEver(
            long time, String topic, int partition, long offset, String subscription, String expected) {
        assertThat(WebhookId.ofRecord(time, topic, partition, offset, subscription))
                .isEqualTo(expected);
    }

    @Property(tries = 2000)
    void shouldBeConstantAndLookLikeAUlidWithoutADot(
            @ForAll long time, @ForAll String source, @ForAll String id, @ForAll String subscription) {
        String first = WebhookId.of(time, source, id, subscription);

        assertThat(first).matches(ULID).doesNotContain(".").isEqualTo(WebhookId.of(time, source, id, subscription));
    }

    @Property(tries = 2000)
    void shouldTellItsTime(@ForAll @LongRange(min = 0, max = TIME_MAX) long time, @ForAll String id) {
        assertThat(WebhookId.timeOf(WebhookId.of(time, "s", id, "x"))).contains(Instant.ofEpochMilli(time));
        assertThat(WebhookId.timeOf(WebhookId.ofRecord(time, id, 1, 2, "x"))).contains(Instant.ofEpochMilli(time));
    }

    @Property(tries = 2000)
    void shouldClampTimesOutsideOf48Bits(@ForAll long time) {
        long clamped = Math.max(0, Math.min(TIME_MAX, time));
        assertThat(WebhookId.timeOf(WebhookId.of(time, "s", "i", "x"))).contains(Instant.ofEpochMilli(clamped));
    }

    @Property(tries = 500)
    void shouldSortByTimeAsText(@ForAll @UniqueElements List<@LongRange(min = 0, max = TIME_MAX) Long> times) {
        List<String> ids = new ArrayList<>();
        for (long time : times) {
            ids.add(WebhookId.of(time, "s", "i" + time, "x"));
        }
        ids.sort(Comparator.naturalOrder());

        assertThat(ids.stream().map(id -> WebhookId.timeOf(id).orElseThrow().toEpochMilli()))
                .isSorted();
    }

    /** Wherever the same characters are cut into source, id and subscription, another cut is another delivery. */
    @Property(tries = 2000)
    void shouldNotCollideWhenPartsShift(@ForAll @StringLength(min = 1, max = 12) String all) {
        Set<String> ids = new HashSet<>();
        int cuts = 0;
        for (int i = 0; i <= all.length(); i++) {
            for (int j = i; j <= all.length(); j++) {
                if (splitsAPair(all, i) || splitsAPair(all, j)) {
                    continue;
                }
                ids.add(WebhookId.of(TIME, all.substring(0, i), all.substring(i, j), all.substring(j)));
                cuts++;
            }
        }
        assertThat(ids).hasSize(cuts);
    }

    private static boolean splitsAPair(String text, int at) {
        return at > 0 && at < text.length() && Character.isHighSurrogate(text.charAt(at - 1));
    }

    @Property(tries = 2000)
    void shouldTellTheTwoKindsApart(
            @ForAll String topic, @ForAll int partition, @ForAll long offset, @ForAll String subscription) {
        assertThat(WebhookId.of(TIME, topic, partition + "/" + offset, subscription))
                .isNotEqualTo(WebhookId.ofRecord(TIME, topic, partition, offset, subscription));
    }

    @Property(tries = 2000)
    void shouldDifferBySubscription(@ForAll String id, @ForAll String one, @ForAll String other) {
        Assume.that(!one.equals(other));
        Assume.that(one.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        assertThat(WebhookId.of(TIME, "s", id, one)).isNotEqualTo(WebhookId.of(TIME, "s", id, other));
    }

    @Test
    void shouldBeUniqueForAMillionDeliveriesOfOneMillisecond() {
        Set<String> ids = new HashSet<>();
        for (int event = 0; event < 1000; event++) {
            for (int subscription = 0; subscription < 1000; subscription++) {
                ids.add(WebhookId.of(TIME, "shop", "o-" + event, "s" + subscription));
            }
        }
        assertThat(ids).hasSize(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "msg_",
                "msg_01M5KQZ7EVZZZZZZZZZZZZZZZ",
                "msg_01M5KQZ7EVZZZZZZZZZZZZZZZZZ",
                "MSG_01M5KQZ7EVZZZZZZZZZZZZZZZZ",
                "msg_01m5kqz7evzzzzzzzzzzzzzzzz",
                "msg_01M5KQZ7EVZZZZZZZZZZZZZZZU",
                "msg_01M5KQZ7EVZZZZZZZZZZZZZZZ\u00e9",
                "msg_80000000000000000000000000",
                "msg_ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
                "msg_p5jXN8AQM9LWM0D4loKWxJek"
            })
    void shouldNotReadATimeFromAnotherText(String text) {
        assertThat(WebhookId.timeOf(text)).isEmpty();
    }

    @Test
    void shouldSurviveACallThatFailedHalfWay() {
        String expected = WebhookId.of(TIME, "s", "i", "x");
        assertThatThrownBy(() -> WebhookId.of(TIME, "s", "i", null)).isInstanceOf(NullPointerException.class);

        assertThat(WebhookId.of(TIME, "s", "i", "x")).isEqualTo(expected);
    }

    @Test
    void shouldIdentifyAnEventByItsOwnIdWhereverItIs() {
        EventAttributes event = event("o-1", "shop", Instant.ofEpochMilli(TIME));

        assertThat(WebhookId.of(event, "events.a", 1, 2, 3, "x"))
                .isEqualTo(WebhookId.of(event, "events.b", 4, 5, 6, "x"))
                .isEqualTo(WebhookId.of(TIME, "shop", "o-1", "x"));
    }

    @Test
    void shouldIdentifyAnEventByItsRecordWhereItsOwnIdIsNotComplete() {
        String byRecord = WebhookId.ofRecord(3, "events.a", 1, 2, "x");

        assertThat(WebhookId.of(EventAttributes.NONE, "events.a", 1, 2, 3, "x")).isEqualTo(byRecord);
        assertThat(WebhookId.of(event("o-1", null, null), "events.a", 1, 2, 3, "x"))
                .isEqualTo(byRecord);
        assertThat(WebhookId.of(event(null, "shop", null), "events.a", 1, 2, 3, "x"))
                .isEqualTo(byRecord);
        assertThat(WebhookId.of(event("o-1", "shop", null), "events.a", 1, 2, 3, "x"))
                .isEqualTo(WebhookId.of(3, "shop", "o-1", "x"));
    }

    private static EventAttributes event(String id, String source, Instant time) {
        return new EventAttributes(id, source, null, time, null, null, null, null);
    }
}
