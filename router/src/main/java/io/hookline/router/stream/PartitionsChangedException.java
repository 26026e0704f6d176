package io.hookline.router.stream;

import org.apache.kafka.common.KafkaException;

/** A topic has not the number of partitions any more that it had when the router started. Waiting does not heal it. */
public final class PartitionsChangedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    PartitionsChangedException(String topic, int before, int now) {
        super("Topic '" + topic + "' had " + before + " partitions when the router started and has " + now
                + " now, but the number of partitions of Hookline's topics must never change. Recreate it with "
                + before
                + " partitions.");
    }
}
