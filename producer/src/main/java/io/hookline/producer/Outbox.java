package io.hookline.producer;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Hands prepared events to Kafka's client, and tells what Kafka said. Thread-safe. */
final class Outbox {
    private final Producer<byte[], byte[]> kafka;
    private final Failures failures;
    private final Consumer<String> suspectTopic;
    private final Completions completions;

    /** @param suspectTopic told of topics that seem to be gone */
    Outbox(Producer<byte[], byte[]> kafka, Failures failures, Consumer<String> suspectTopic, Completions completions) {
        this.kafka = kafka;
        this.failures = failures;
        this.suspectTopic = suspectTopic;
        this.completions = completions;
    }

    /**
     * Blocks at most {@code max.block.ms}.
     *
     * @param outcome told null or the failure, on Kafka's network thread, unless this method throws
     * @throws EmitException if Kafka's client did not take the event
     */
    CompletableFuture<EmittedEvent> send(PreparedEvent event, Consumer<@Nullable EmitException> outcome) {
        Handover handover = new Handover(event, outcome);
        try {
            Future<RecordMetadata> unused = kafka.send(event.record(), handover);
        } catch (InterruptException | IllegalStateException e) {
            throw e;
        } catch (KafkaException e) {
            throw failures.refused(event, e);
        }
        handover.checkTaken();
        return handover.future;
    }

    private final class Handover implements Callback {
        private final PreparedEvent event;
        private final Consumer<@Nullable EmitException> outcome;
        private final CompletableFuture<EmittedEvent> future = new CompletableFuture<>();
        private final Thread caller = Thread.currentThread();
        private boolean handedOver;
        private @Nullable Exception refusal;

        Handover(PreparedEvent event, Consumer<@Nullable EmitException> outcome) {
            this.event = event;
            this.outcome = outcome;
        }

        /** Kafka's client calls back within {@code send}, on the caller's thread, for an event that it does not take. */
        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null && Thread.currentThread() == caller && !handedOver) {
                refusal = failure;
            } else if (failure != null || metadata == null) {
                EmitException translated =
                        failures.notAcknowledged(event, failure == null ? new KafkaException("no metadata") : failure);
                suspect(translated);
                outcome.accept(translated);
                completions.run(() -> future.completeExceptionally(translated));
            } else {
                outcome.accept(null);
                EmittedEvent emitted = emitted(metadata);
                completions.run(() -> future.complete(emitted));
            }
        }

        void checkTaken() {
            handedOver = true;
            if (refusal != null) {
                EmitException translated = failures.refused(event, refusal);
                suspect(translated);
                throw translated;
            }
        }

        private void suspect(EmitException failure) {
            switch (failure.reason()) {
                case TOPIC_MISSING, KAFKA_UNREACHABLE, NOT_ACKNOWLEDGED -> suspectTopic.accept(event.topic());
                default -> {}
            }
        }

        private EmittedEvent emitted(RecordMetadata metadata) {
            return new EmittedEvent(
                    event.id(),
                    event.type(),
                    metadata.topic(),
                    metadata.partition(),
                    metadata.offset(),
                    Instant.ofEpochMilli(metadata.timestamp()));
        }
    }
}
