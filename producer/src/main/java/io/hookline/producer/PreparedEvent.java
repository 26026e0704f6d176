package io.hookline.producer;

import org.apache.kafka.clients.producer.ProducerRecord;

/** An event checked, serialised and ready to be sent, by {@link EventProducer#prepare}: what can be wrong with it has been found. */
public final class PreparedEvent {
    private final String type;
    private final String id;
    private final ProducerRecord<byte[], byte[]> record;
    private final int bytes;

    PreparedEvent(String type, String id, ProducerRecord<byte[], byte[]> record, int bytes) {
        this.type = type;
        this.id = id;
        this.record = record;
        this.bytes = bytes;
    }

    public String type() {
        return type;
    }

    /** CloudEvents id. */
    public String id() {
        return id;
    }

    public String topic() {
        return record.topic();
    }

    /** Bytes of key, value and headers together. */
    public int bytes() {
        return bytes;
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    /** For messages. */
    @Override
    public String toString() {
        return "event " + id + " of type '" + type + "' (" + bytes + " bytes, topic " + topic() + ")";
    }
}
