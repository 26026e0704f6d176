package io.hookline.ops.kafka;

import org.apache.kafka.common.TopicPartition;

/** Reading a partition to its end made no progress for too long. The message names partition, position and end. */
public final class ReadStalledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReadStalledException(TopicPartition partition, long position, long end, long waitedMs) {
        super("Partition " + partition.partition() + " of topic '" + partition.topic() + "' stands at offset "
                + position
                + " of " + end + " and gave nothing more for " + waitedMs / 1000
                + " s: its broker does not answer, or another program's transaction is open there (see kafka-transactions.sh"
                + " find-hanging). Try again when it has ended.");
    }
}
