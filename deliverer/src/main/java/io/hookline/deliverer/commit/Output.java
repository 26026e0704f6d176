package io.hookline.deliverer.commit;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record to be written for an owned partition.
 *
 * @param owner the ownership on whose behalf it is written; compared by identity, so that what belongs to a lost ownership is dropped even
 *     if the partition came back
 */
public record Output(Object owner, ProducerRecord<byte[], byte[]> record) {
    int bytes() {
        byte[] value = record.value();
        return value == null ? 0 : value.length;
    }
}
