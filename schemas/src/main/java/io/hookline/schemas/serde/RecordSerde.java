package io.hookline.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A codec in Kafka's clothes. */
record RecordSerde<T extends SpecificRecord>(RecordCodec<T> codec) implements Serde<T> {

    @Override
    @SuppressWarnings("NullAway") // Kafka's null is a tombstone and passes through; its interface is not annotated
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : codec.encode(value);
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : codec.decodeBlocking(bytes);
    }
}
