package io.hookline.router.stream;

import io.hookline.router.match.Matcher;
import io.hookline.router.route.DeliveryWriter;
import io.hookline.router.route.EventRouter;
import io.hookline.router.route.Schemas;
import io.hookline.router.route.TenantSource;
import io.hookline.router.subscription.AppliedOffsets;
import io.hookline.router.subscription.SubscriptionTable;
import io.hookline.schemas.topic.TopicNames;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The router's topology:
 *
 * <pre>
 *   events.*  ──► route ──► deliveries (explicit partition, no key)
 *                   │└────► pipeline.dead
 *                   │ reads
 *   subscriptions ──► routes (global, in memory)
 * </pre>
 *
 * @param tenants from where it is known whose an event is
 * @param partitions P
 * @param valueBytesMax largest value that deliveries and pipeline.dead take
 */
public record RouterTopology(
        TopicNames names,
        TenantSource tenants,
        int partitions,
        int valueBytesMax,
        Matcher matcher,
        SubscriptionTable table,
        AppliedOffsets offsets,
        Schemas schemas,
        RouterCodecs codecs,
        RoutingCounters counters,
        InstantSource clock) {
    private static final String EVENTS = "events";
    private static final String ROUTE = "route";

    /** A topology for one Streams client with those settings, which fills the matcher it was made with. */
    public Topology build(StreamsConfig settings) {
        Topology topology = new Topology(new TopologyConfig(settings));
        topology.addGlobalStore(
                IndexStore.builder(),
                "subscriptions-source",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                names.subscriptions(),
                "subscriptions-table",
                () -> new SubscriptionProcessor(table));
        topology.addSource(
                AutoOffsetReset.earliest(),
                EVENTS,
                timestamps(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                names.eventsPattern());
        topology.addProcessor(ROUTE, this::processor, EVENTS);
        topology.addSink(
                EventProcessor.DELIVERIES,
                names.deliveries(),
                new ByteArraySerializer(),
                Outgoing.serializer(),
                Outgoing.partitioner(partitions),
                ROUTE);
        topology.addSink(
                EventProcessor.DEAD, names.pipelineDead(), new ByteArraySerializer(), Outgoing.serializer(), ROUTE);
        return topology;
    }

    private EventProcessor processor() {
        return new EventProcessor(
                new EventRouter(names, tenants, partitions, matcher, schemas),
                new DeliveryWriter(valueBytesMax, codecs.delivery().schemaId(), offsets::begun),
                codecs,
                counters,
                clock);
    }

    /** A record without a timestamp, which a client may write to a topic that lets it, counts as recorded now. Streams would stop. */
    TimestampExtractor timestamps() {
        return (record, partitionTime) -> record.timestamp() >= 0 ? record.timestamp() : clock.millis();
    }
}
