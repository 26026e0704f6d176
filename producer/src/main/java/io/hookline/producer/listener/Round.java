package io.hookline.producer.listener;

import io.hookline.producer.PreparedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is committed together: results, and how far the events are handled. On one thread. */
final class Round {
    private static final int BYTES_MAX = 4 * 1024 * 1024;
    private static final int EVENTS_MAX = 1000;

    private final List<PreparedEvent> results = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private @Nullable ListenerProblem halt;
    private int events;
    private int bytes;

    void done(ConsumerRecord<?, ?> record, Step.Done step) {
        events++;
        step.result().ifPresent(result -> {
            results.add(result);
            bytes += result.bytes();
        });
        offsets.put(
                new TopicPartition(record.topic(), record.partition()),
                new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
    }

    /** Ends the round, and the listener once it is committed. */
    void halt(ListenerProblem problem) {
        halt = problem;
    }

    boolean isFull() {
        return halt != null || events >= EVENTS_MAX || bytes >= BYTES_MAX;
    }

    boolean isEmpty() {
        return events == 0;
    }

    List<PreparedEvent> results() {
        return results;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    @Nullable
    ListenerProblem halt() {
        return halt;
    }
}
