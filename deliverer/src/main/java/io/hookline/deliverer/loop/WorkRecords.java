package io.hookline.deliverer.loop;

import io.hookline.avro.PipelineFault;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of deliveries, replays and retries, from which works are made, and says what to do with one that it cannot read. */
final class WorkRecords {
    private final Codecs codecs;
    private final SchemaFetcher schemas;
    private final Set<String> retryTopics;

    WorkRecords(TopicNames names, Codecs codecs, SchemaFetcher schemas) {
        this.codecs = codecs;
        this.schemas = schemas;
        this.retryTopics =
                Arrays.stream(RetryTier.values()).map(names::deliveriesRetry).collect(Collectors.toSet());
    }

    /** What reading a record comes to. */
    sealed interface Content {}

    /** A {@code Retry} where its topic is one of retries, else a {@code Delivery}. */
    record Known(SpecificRecord value) implements Content {}

    /** It will never be readable. */
    record Unreadable(PipelineFault fault, String detail) implements Content {}

    /** Its schema is not known yet, and has been asked for. */
    record AwaitsSchema() implements Content {}

    /** A newer release wrote it. */
    record AwaitsRelease(UnsupportedFormatException why) implements Content {}

    Content read(ConsumerRecord<byte[], byte[]> record) {
        Decoded<? extends SpecificRecord> decoded;
        try {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            decoded = retryTopics.contains(record.topic()) ? codecs.retry.decode(value) : codecs.delivery.decode(value);
        } catch (UndecodableException e) {
            return new Unreadable(PipelineFault.UNDECODABLE, String.valueOf(e.getMessage()));
        } catch (UnsupportedFormatException e) {
            return new AwaitsRelease(e);
        }
        if (decoded instanceof Decoded.Value<? extends SpecificRecord> known) {
            return new Known(known.value());
        }
        if (schemas.isPoison(decoded.schemaId())) {
            return new Unreadable(
                    PipelineFault.UNKNOWN_SCHEMA,
                    "The registry has no schema " + decoded.schemaId() + ", which the record was written with.");
        }
        schemas.want(decoded.schemaId());
        return new AwaitsSchema();
    }
}
