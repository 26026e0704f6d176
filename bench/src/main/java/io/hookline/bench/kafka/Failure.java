package io.hookline.bench.kafka;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Keeps the first failure of many sends. Any thread. */
final class Failure implements Callback {
    private final AtomicReference<@Nullable Exception> first = new AtomicReference<>();

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            first.compareAndSet(null, exception);
        }
    }

    void check() {
        Exception failure = first.get();
        if (failure != null) {
            throw new IllegalStateException("Not everything could be written: " + failure.getMessage(), failure);
        }
    }
}
