package io.hookline.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private long now;
    private final Faults faults = new Faults(() -> now);

    @Test
    void shouldPauseLongerAfterEachFaultAndGiveUpAfterTooMany() {
        Duration before = Duration.ZERO;
        for (int i = 0; i < Faults.MAX; i++) {
            Duration pause = faults.survive().orElseThrow();
            assertThat(pause).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofSeconds(10));
            before = pause;
        }
        assertThat(faults.survive()).isEmpty();
        assertThat(faults.total()).isEqualTo(Faults.MAX);
        now = Duration.ofMinutes(Faults.WINDOW_MINUTES).toMillis() + 1;
        assertThat(faults.survive()).contains(Duration.ofMillis(100));
    }

    @Test
    void shouldTellWhatPassesFromWhatSomebodyHasToMend() {
        assertThat(Faults.permanent(new StreamsException(new TimeoutException("slow"))))
                .isEmpty();
        assertThat(Faults.permanent(new StreamsException(new TopicAuthorizationException("deliveries"))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("deliveries", "Grant"));
        assertThat(Faults.permanent(new SaslAuthenticationException("no")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("no", "sasl"));
        assertThat(Faults.permanent(new StreamsException(new FencedInstanceIdException("fenced"))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("fenced", RouterSettings.INSTANCE_ID));
    }
}
