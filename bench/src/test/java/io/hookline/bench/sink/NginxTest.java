package io.hookline.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hookline.bench.kafka.Partners;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NginxTest {
    /** The load's last requests are answered after it looked away: one a connection at most. */
    private static final int UNSEEN_MAX = 64;

    @Test
    void shouldCountPostsAndNotTheQuestionsForTheirCount() {
        assumeTrue(Nginx.isInstalled(), "nginx is not installed");
        try (Nginx nginx = Nginx.start()) {
            assertThat(nginx.posts()).isZero();
            assertThat(nginx.posts()).isZero();
            double sent =
                    Ceiling.of(nginx, Partners.body(1), Duration.ofMillis(200)).units();
            assertThat(sent).isGreaterThan(10);
            assertThat((double) nginx.posts()).isBetween(sent, sent + UNSEEN_MAX);
        }
    }
}
