package io.hookline.ops.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.junit.jupiter.api.Test;

class ContentionTest {
    @Test
    void shouldSeeThroughWhatWrapsTheCause() {
        assertThat(Contention.isFencing(new KafkaException(new KafkaException(new ProducerFencedException("x")))))
                .isTrue();
    }

    @Test
    void shouldTakeTheLockAgainWhereTheEndOfATransactionIsNotKnown() {
        assertThat(Contention.isCauseOf(new TimeoutException())).isTrue();
        assertThat(Contention.isCauseOf(new KafkaException(new UnknownServerException("x"))))
                .isTrue();
        assertThat(Contention.isFencing(new UnknownServerException("x"))).isFalse();
    }

    @Test
    void shouldNotTryAgainWhatWillBeRefusedAgain() {
        assertThat(Contention.isCauseOf(new AuthorizationException("x"))).isFalse();
        assertThat(Contention.isCauseOf(new IllegalStateException())).isFalse();
    }

    @Test
    void shouldEndWhereCausesGoRoundInACircle() {
        KafkaException inner = new KafkaException("inner");
        KafkaException outer = new KafkaException("outer", inner);
        inner.initCause(outer);

        assertThat(Contention.isCauseOf(outer)).isFalse();
    }
}
