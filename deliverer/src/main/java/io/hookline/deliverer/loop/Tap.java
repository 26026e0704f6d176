package io.hookline.deliverer.loop;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** A partition as one consumer reads it: where it stands, and whether it goes on. The consumer is told of changes only. */
final class Tap {
    private final TopicPartition topicPartition;
    private boolean isPaused;

    Tap(TopicPartition topicPartition) {
        this.topicPartition = topicPartition;
    }

    /** Stops or goes on reading. */
    void pause(Consumer<?, ?> consumer, boolean is) {
        if (is != isPaused) {
            isPaused = is;
            if (is) {
                consumer.pause(List.of(topicPartition));
            } else {
                consumer.resume(List.of(topicPartition));
            }
        }
    }

    /** Offset of the next record to come, or -1 while that is not known. */
    static long position(Consumer<?, ?> consumer, TopicPartition topicPartition) {
        try {
            return consumer.position(topicPartition, Duration.ZERO);
        } catch (TimeoutException e) {
            return -1;
        }
    }
}
