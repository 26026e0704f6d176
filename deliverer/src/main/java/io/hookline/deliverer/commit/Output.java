package io.hookline.deliverer.commit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written for an owned partition.
 *
 * @param owner the ownership on whose behalf it is written; compared by identity, so that what belongs to a lost ownership is dropped even
 *     if the partition came back
 * @param subject what the record is about, for a notice should the broker refuse it; null where the record speaks for itself
 */
public record Output(
        Object owner,
        ProducerRecord<byte[], byte[]> record,
        @Nullable Object subject) {
    public Output(Object owner, ProducerRecord<byte[], byte[]> record) {
        this(owner, record, null);
    }

    int bytes() {
        byte[] value = record.value();
        return value == null ? 0 : value.length;
    }
}
