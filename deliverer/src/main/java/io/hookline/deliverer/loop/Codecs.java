package io.hookline.deliverer.loop;

import io.hookline.avro.Attempt;
import io.hookline.avro.Checkpoint;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.Delivery;
import io.hookline.avro.EndpointStatus;
import io.hookline.avro.ParkedUnit;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.Retry;
import io.hookline.avro.Subscription;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.RecordCodec;
import java.util.List;

/** Codecs of all records a deliverer reads or writes. Any thread. */
public final class Codecs {
    final RecordCodec<Subscription> subscription;
    final RecordCodec<Delivery> delivery;
    final RecordCodec<Retry> retry;
    final RecordCodec<DeadLetter> deadLetter;
    final RecordCodec<PipelineDead> pipelineDead;
    final RecordCodec<Attempt> attempt;
    final RecordCodec<Checkpoint> checkpoint;
    final RecordCodec<EndpointStatus> endpointStatus;
    final RecordCodec<ParkedUnit> parkedUnit;

    public Codecs(SchemaRegistryClient registry) {
        subscription = RecordCodec.of(Subscription.class, registry);
        delivery = RecordCodec.of(Delivery.class, registry);
        retry = RecordCodec.of(Retry.class, registry);
        deadLetter = RecordCodec.of(DeadLetter.class, registry);
        pipelineDead = RecordCodec.of(PipelineDead.class, registry);
        attempt = RecordCodec.of(Attempt.class, registry);
        checkpoint = RecordCodec.of(Checkpoint.class, registry);
        endpointStatus = RecordCodec.of(EndpointStatus.class, registry);
        parkedUnit = RecordCodec.of(ParkedUnit.class, registry);
    }

    /** Makes sure that encoding will not have to ask the registry. Blocks; fails while the registry is unreachable. */
    public void prepare() {
        List.of(
                        subscription,
                        delivery,
                        retry,
                        deadLetter,
                        pipelineDead,
                        attempt,
                        checkpoint,
                        endpointStatus,
                        parkedUnit)
                .forEach(RecordCodec::prepare);
    }
}
