package io.hookline.producer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hookline.schemas.config.InvalidSettingsException;
import io.hookline.schemas.serde.GeneratedClasses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/**
 * Emits events to Kafka: Avro records or JSON, with CloudEvents headers, to the topic of their type.
 *
 * <pre>{@code
 * EventProducer producer = EventProducer.create(settings);
 * producer.emit(new OrderCreated(...));
 * producer.close();
 * }</pre>
 *
 * <p>What is wrong with an event is said at the call: {@link InvalidEventException} if it can never be emitted as it is, {@link
 * EmitException} if Kafka or the schema registry does not take it now. An event whose {@code emit} returned is acknowledged by all in-sync
 * replicas when its future completes; if it fails, that is said by the future, and again by the next {@link #flush} or {@link #close}.
 *
 * <p>Thread-safe; one instance serves a whole service. {@code emit} blocks for at most {@code max.block.ms} for each of: the first event
 * of a type (does its topic exist?), and room in the buffer. Futures complete on a thread of the producer's own, one after the other:
 * a continuation that takes long delays those of other events, so give it an executor ({@code thenAcceptAsync} and the like).
 */
public final class EventProducer implements AutoCloseable {
    static {
        GeneratedClasses.trust();
    }

    /** How long close waits for the continuations of futures, which are the caller's. */
    private static final Duration COMPLETIONS_LIMIT = Duration.ofSeconds(30);

    private final ProducerSettings settings;
    private final Producer<byte[], byte[]> kafka;
    private final TopicDirectory topics;
    private final ValueSerializer serializer;
    private final EventEncoder encoder;
    private final Outbox outbox;
    private final @Nullable Transactions transactions;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final Completions completions = new Completions();
    private final Gate gate = new Gate();

    private EventProducer(ProducerSettings settings, ValueSerializer serializer, KafkaProducer<byte[], byte[]> kafka) {
        AbstractConfig config = new AbstractConfig(ProducerConfig.configDef(), settings.kafka(), false);
        long blockMsMax = config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
        this.settings = settings;
        this.kafka = kafka;
        this.serializer = serializer;
        this.topics = new TopicDirectory(
                settings.names(),
                () -> Admin.create(settings.admin()),
                settings.createsTopics(),
                settings.createdPartitions(),
                (int) Math.min(Integer.MAX_VALUE, blockMsMax));
        this.encoder = new EventEncoder(
                settings,
                topics,
                serializer,
                InstantSource.system(),
                () -> UUID.randomUUID().toString());
        this.outbox = new Outbox(kafka, new Failures(config), topics::forget, completions);
        String transactionalId = config.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        this.transactions = transactionalId == null ? null : new Transactions(kafka, transactionalId, blockMsMax);
    }

    /**
     * Makes a producer from {@code bootstrap.servers}, {@code event.source}, for Avro {@code schema.registry.url}, and any setting of
     * {@link ProducerSettings}, of Kafka's producer or of the {@code value.serializer}. With {@code transactional.id} it blocks until Kafka
     * has given it that id.
     *
     * @throws InvalidSettingsException listing everything that is wrong with the settings
     * @throws EmitException if Kafka does not give it its {@code transactional.id}
     */
    public static EventProducer create(Map<?, ?> settings) {
        ProducerSettings parsed = ProducerSettings.of(settings);
        ValueSerializer serializer = ValueSerializer.of(parsed);
        KafkaProducer<byte[], byte[]> kafka;
        try {
            kafka = new KafkaProducer<>(parsed.kafka());
        } catch (KafkaException e) {
            serializer.close();
            throw new InvalidSettingsException(List.of(Failures.text(e)));
        }
        EventProducer producer = new EventProducer(parsed, serializer, kafka);
        producer.initTransactions();
        return producer;
    }

    private void initTransactions() {
        if (transactions != null) {
            try {
                transactions.init();
            } catch (RuntimeException e) {
                close(Duration.ZERO);
                throw e;
            }
        }
    }

    /** Emits an Avro record, generated or generic; its schema says type and ordering key. */
    @CanIgnoreReturnValue
    public CompletableFuture<EmittedEvent> emit(IndexedRecord record) {
        return emit(Event.of(record));
    }

    /** Emits data as an event of that type: an Avro record, or JSON as {@link Event} takes it. */
    @CanIgnoreReturnValue
    public CompletableFuture<EmittedEvent> emit(String type, Object data) {
        return emit(Event.of(type, data));
    }

    /**
     * Emits an event.
     *
     * @throws InvalidEventException if it can never be emitted as it is
     * @throws EmitException if it cannot be emitted now
     * @throws IllegalStateException if this producer is closed, or transactional (see {@link #inTransaction})
     */
    @CanIgnoreReturnValue
    public CompletableFuture<EmittedEvent> emit(Event event) {
        gate.enter();
        try {
            return send(encoder.encode(event));
        } finally {
            gate.leave();
        }
    }

    /** Emits what {@link #prepare} of this producer has made. */
    @CanIgnoreReturnValue
    public CompletableFuture<EmittedEvent> emit(PreparedEvent event) {
        gate.enter();
        try {
            return send(event);
        } finally {
            gate.leave();
        }
    }

    /** Checks and serialises an event without sending it: all that {@link #emit(Event)} can find wrong with it is found now. */
    public PreparedEvent prepare(Event event) {
        gate.enter();
        try {
            return encoder.encode(event);
        } finally {
            gate.leave();
        }
    }

    /**
     * The topic of an event type, which exists when this returns. For a service that wants to know at its start.
     *
     * @throws EmitException if it does not exist and may not be created
     */
    public String requireTopic(String type) {
        gate.enter();
        try {
            return topics.require(type);
        } finally {
            gate.leave();
        }
    }

    /**
     * Emits several events so that readers of committed events see all of them or none. Needs {@code transactional.id}, which no other
     * running producer may have: the newer one shuts the older one out. Blocks until all is committed.
     *
     * @param work emits; what it throws aborts the transaction and is thrown from here
     * @return the events, in the order of emission
     * @throws EmitException if the transaction was not committed
     */
    public <X extends Exception> List<EmittedEvent> inTransaction(TransactionWork<X> work) throws X {
        if (transactions == null) {
            throw new IllegalStateException(
                    "This producer has no transactions: set transactional.id to a name that no other"
                            + " instance uses, such as shop-1.");
        }
        gate.enter();
        try {
            return transactions.run(new Transaction(encoder::encode, event -> outbox.send(event, outcome -> {})), work);
        } finally {
            gate.leave();
        }
    }

    /**
     * Blocks until every event emitted before is acknowledged or has failed, which is bounded by {@code delivery.timeout.ms}.
     *
     * @throws NotAcknowledgedException if an event emitted since the last flush has failed
     */
    public void flush() {
        kafka.flush();
        completions.drain();
        acknowledgements.report(false);
    }

    /**
     * Waits for every outstanding acknowledgement (bounded by {@code delivery.timeout.ms}), then closes. An {@code emit} afterwards
     * fails. Does nothing the second time.
     *
     * @throws NotAcknowledgedException if an event emitted since the last flush has failed
     */
    @Override
    public void close() {
        close(Duration.ofMillis(Long.MAX_VALUE));
    }

    /**
     * As {@link #close()}, but waits at most so long.
     *
     * @throws NotAcknowledgedException saying how many events had failed or had no answer when the time was over
     */
    public void close(Duration limit) {
        long startedNs = System.nanoTime();
        try {
            if (!gate.close(limit)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration left = limit.minusNanos(System.nanoTime() - startedNs);
        try {
            kafka.close(left.isNegative() ? Duration.ZERO : left);
        } finally {
            completions.close(limit.compareTo(COMPLETIONS_LIMIT) < 0 ? limit : COMPLETIONS_LIMIT);
            serializer.close();
        }
        acknowledgements.report(true);
    }

    /** For messages. */
    @Override
    public String toString() {
        return "producer of " + settings.source() + " to " + settings.bootstrapServers();
    }

    private CompletableFuture<EmittedEvent> send(PreparedEvent event) {
        if (transactions != null) {
            throw new IllegalStateException(
                    "This producer is transactional (transactional.id is set): emit within inTransaction.");
        }
        acknowledgements.taken();
        try {
            return outbox.send(event, failure -> {
                if (failure == null) {
                    acknowledgements.acknowledged();
                } else {
                    acknowledgements.failed(failure);
                }
            });
        } catch (RuntimeException e) {
            acknowledgements.refused();
            throw e;
        }
    }
}
