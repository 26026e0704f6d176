package io.hookline.producer.listener;

import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.producer.PreparedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One consumer with its transactional producer, from joining the group to leaving it, on one thread. Everything it knows is in Kafka or can
 * be read again: when anything goes wrong it is thrown away, and a new session goes on at the committed offsets.
 *
 * <p>A turn is: poll; handle events for about {@code TURN_MS}, partition by partition in order; commit results and offsets in one transaction.
 * Handlers run while no transaction is open. A partition with events in hand is paused, so polling goes on while an event has to wait.
 * At most {@code QUEUED_BYTES_MAX} and one poll's events are in hand.
 */
final class Session implements AutoCloseable {
    private static final long TURN_MS = 500;
    private static final long QUEUED_BYTES_MAX = 32L * 1024 * 1024;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final @Nullable EventProducer producer;
    private final Processor processor;
    private final InstantSource clock;
    private final BooleanSupplier stopping;
    private final Map<TopicPartition, PartitionQueue> queues = new LinkedHashMap<>();

    /**
     * @param producer transactional; null where no handler publishes
     * @param stopping whether to end the turn early
     */
    Session(
            Consumer<byte[], byte[]> consumer,
            @Nullable EventProducer producer,
            Processor processor,
            InstantSource clock,
            BooleanSupplier stopping) {
        this.consumer = consumer;
        this.producer = producer;
        this.processor = processor;
        this.clock = clock;
        this.stopping = stopping;
    }

    void subscribe(Collection<String> topics) {
        consumer.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                queues.keySet().removeAll(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                queues.keySet().removeAll(partitions);
            }
        });
    }

    /**
     * Does one turn; blocks for at most half a second and one handler.
     *
     * @return whether something was committed
     * @throws HaltedException if the listener is to stop, after what was handled before is committed
     */
    boolean turn() throws InterruptedException, HaltedException {
        poll();
        Round round = handle();
        if (!round.isEmpty()) {
            commit(round);
        }
        ListenerProblem halt = round.halt();
        if (halt != null) {
            throw new HaltedException(halt);
        }
        return !round.isEmpty();
    }

    private void poll() {
        long bytes = queues.values().stream().mapToLong(PartitionQueue::bytes).sum();
        List<TopicPartition> busy = new ArrayList<>(bytes < QUEUED_BYTES_MAX ? queues.keySet() : consumer.assignment());
        List<TopicPartition> idle = new ArrayList<>(consumer.paused());
        idle.removeAll(busy);
        consumer.pause(busy);
        consumer.resume(idle);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience())) {
            queues.computeIfAbsent(
                            new TopicPartition(record.topic(), record.partition()), partition -> new PartitionQueue())
                    .add(record);
        }
    }

    private Duration patience() {
        Instant now = clock.instant();
        Instant next = queues.values().stream()
                .map(PartitionQueue::notBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        if (!next.isAfter(now)) {
            return Duration.ZERO;
        }
        return next.isBefore(now.plus(IDLE)) ? Duration.between(now, next).plusMillis(1) : IDLE;
    }

    private Round handle() throws InterruptedException {
        Round round = new Round();
        Instant end = clock.instant().plusMillis(TURN_MS);
        while (!round.isFull() && !stopping.getAsBoolean() && !clock.instant().isAfter(end)) {
            TopicPartition next = nextReady();
            if (next == null) {
                break;
            }
            PartitionQueue queue = last(next);
            Optional<Head> head = queue.ready(clock.instant());
            if (head.isPresent()) {
                apply(round, next, queue, head.get());
            }
        }
        queues.values().removeIf(PartitionQueue::isEmpty);
        return round;
    }

    private @Nullable TopicPartition nextReady() {
        Instant now = clock.instant();
        for (Map.Entry<TopicPartition, PartitionQueue> entry : queues.entrySet()) {
            if (entry.getValue().ready(now).isPresent()) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Puts a partition behind the others, so that one with slow handlers does not keep them from their turn. */
    private PartitionQueue last(TopicPartition partition) {
        PartitionQueue queue = Objects.requireNonNull(queues.remove(partition));
        queues.put(partition, queue);
        return queue;
    }

    private void apply(Round round, TopicPartition partition, PartitionQueue queue, Head head)
            throws InterruptedException {
        Step step = processor.process(head, clock.instant(), preparation());
        if (step instanceof Step.Done done) {
            round.done(head.record(), done);
            queue.done();
        } else if (step instanceof Step.Later later) {
            queue.later(later.head(), later.at());
            consumer.seek(partition, head.record().offset() + 1);
        } else if (step instanceof Step.Halt halt) {
            round.halt(halt.problem());
        }
    }

    private Function<Event, PreparedEvent> preparation() {
        EventProducer publisher = producer;
        if (publisher == null) {
            return event -> {
                throw new IllegalStateException("nothing is published here");
            };
        }
        return publisher::prepare;
    }

    private void commit(Round round) {
        EventProducer publisher = producer;
        if (round.results().isEmpty() || publisher == null) {
            consumer.commitSync(round.offsets());
        } else {
            publisher.inTransaction(transaction -> {
                round.results().forEach(transaction::emit);
                transaction.commitOffsets(round.offsets(), consumer.groupMetadata());
            });
        }
    }

    /** Leaves the group. */
    @Override
    public void close() {
        try {
            if (producer != null) {
                producer.close(CLOSE_LIMIT);
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }
}
