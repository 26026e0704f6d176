package io.hookline.router.stream;

import io.hookline.avro.Delivery;
import io.hookline.avro.Instance;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.Subscription;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;

/** The records that the router reads and writes. Any thread. */
public record RouterCodecs(
        RecordCodec<Subscription> subscription,
        RecordCodec<Delivery> delivery,
        RecordCodec<PipelineDead> dead,
        RecordCodec<Instance> instance) {
    /** Codecs whose schema ids come from {@code registry}. Asks nothing yet. */
    public static RouterCodecs of(SchemaRegistryClient registry) {
        return new RouterCodecs(
                RecordCodec.of(Subscription.class, registry),
                RecordCodec.of(Delivery.class, registry),
                RecordCodec.of(PipelineDead.class, registry),
                RecordCodec.of(Instance.class, registry));
    }

    /**
     * Learns the schema ids of what is written, so that nothing has to be asked for while events flow. Blocks.
     *
     * @throws io.hookline.schemas.registry.RegistryException refused, or to be tried again later
     */
    public void prepare() {
        delivery.prepare();
        dead.prepare();
        instance.prepare();
    }
}
