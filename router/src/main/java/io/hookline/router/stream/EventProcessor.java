package io.hookline.router.stream;

import io.hookline.router.route.DeliveryWriter;
import io.hookline.router.route.EventRouter;
import io.hookline.router.route.Fault;
import io.hookline.router.route.Routing;
import io.hookline.router.route.SourceEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Routes each event and sends what comes of it on, all in the transaction of its task. Belongs to one stream thread. */
final class EventProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    static final String DELIVERIES = "deliveries";
    static final String DEAD = "pipeline-dead";

    private final EventRouter router;
    private final DeliveryWriter writer;
    private final RouterCodecs codecs;
    private final RoutingCounters counters;
    private final InstantSource clock;
    private @Nullable ProcessorContext<byte[], Outgoing> context;

    EventProcessor(
            EventRouter router,
            DeliveryWriter writer,
            RouterCodecs codecs,
            RoutingCounters counters,
            InstantSource clock) {
        this.router = router;
        this.writer = writer;
        this.codecs = codecs;
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> given) {
        context = given;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = out().recordMetadata().orElseThrow();
        SourceEvent event = new SourceEvent(
                at.topic(),
                at.partition(),
                at.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
        send(event, route(event));
        counters.event();
    }

    /** A failure of Kafka's is about the connection, not the event, and is left to Streams; every other failure is about the event. */
    private Routing route(SourceEvent event) {
        try {
            return router.route(event);
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            return router.internalFault(event, e);
        }
    }

    private void send(SourceEvent event, Routing routing) {
        Fault oversized = writer.deliveries(
                event,
                routing,
                (delivery, partition, subscriptions) -> sendDelivery(event, delivery, partition, subscriptions));
        Fault fault = oversized == null ? routing.fault() : oversized;
        if (fault != null) {
            sendDead(event, fault);
        }
    }

    private void sendDelivery(SourceEvent event, byte[] delivery, int partition, int subscriptions) {
        out().forward(new Record<>(null, new Outgoing(partition, delivery), event.recordedAtMs()), DELIVERIES);
        counters.delivery(subscriptions);
    }

    private void sendDead(SourceEvent event, Fault fault) {
        Instant now = clock.instant();
        Outgoing outgoing = new Outgoing(Outgoing.BY_KEY, codecs.dead().encode(writer.dead(event, fault, now)));
        out().forward(new Record<>(event.key(), outgoing, event.recordedAtMs()), DEAD);
        counters.dead(event, fault, now.toEpochMilli());
    }

    private ProcessorContext<byte[], Outgoing> out() {
        return Objects.requireNonNull(context);
    }
}
