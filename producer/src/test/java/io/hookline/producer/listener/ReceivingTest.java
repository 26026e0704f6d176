package io.hookline.producer.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivingTest {
    private final ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>("events.a", 3, 42, "key".getBytes(UTF_8), "{}".getBytes(UTF_8));

    @Test
    void shouldNameAnEventWithoutHeadersByItsPlace() {
        ReceivedEvent event = Receiving.event("a", record, 16);
        assertThat(event.id()).isEqualTo("events.a/3/42");
        assertThat(event.correlationId()).isEqualTo("events.a/3/42");
        assertThat(event.depth()).isZero();
        assertThat(event.keyText()).hasValue("key");
    }

    @Test
    void shouldReadWhatHeadersSay() {
        header("ce_id", "1");
        header("ce_correlationid", "0");
        header("ce_chaindepth", "2");
        header("x", "old");
        header("x", "new");
        ReceivedEvent event = Receiving.event("a", record, 16);
        assertThat(event.id()).isEqualTo("1");
        assertThat(event.correlationId()).isEqualTo("0");
        assertThat(event.depth()).isEqualTo(2);
        assertThat(event.headers()).containsEntry("x", "new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void shouldNotCarryOnACorrelationThatNoEventMayCarry(String correlation) {
        header("ce_id", "1");
        header("ce_correlationid", correlation);
        assertThat(Receiving.event("a", record, 16).correlationId()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "x, 0", "'', 0", "1.5, 0", "99999999999, 0", "007, 7"})
    void shouldReadTheDepthOfAChain(String text, int depth) {
        header("ce_chaindepth", text);
        assertThat(Receiving.event("a", record, 16).depth()).isEqualTo(depth);
    }

    @Test
    void shouldRefuseAChainThatIsTooLong() {
        header("ce_chaindepth", "16");
        assertThat(Receiving.event("a", record, 16).depth()).isEqualTo(16);
        header("ce_chaindepth", "17");
        assertThatThrownBy(() -> Receiving.event("a", record, 16))
                .isInstanceOf(UnusableEventException.class)
                .hasMessageContaining("has 17 events, more than 16 (listener.chain.depth.max)");
    }

    @Test
    void shouldRefuseHeadersThatCannotBeRead() {
        header("ce_time", "yesterday");
        assertThatThrownBy(() -> Receiving.event("a", record, 16))
                .isInstanceOf(UnusableEventException.class)
                .hasMessageContaining("ce_time");
    }

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "31, 30000", "32, 30000", "2000000000, 30000"})
    void shouldDoubleTheWaitUpToALimit(int failures, long ms) {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
        assertThat(backoff.after(failures)).isEqualTo(Duration.ofMillis(ms));
    }

    private void header(String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
