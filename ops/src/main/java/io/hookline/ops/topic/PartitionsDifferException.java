package io.hookline.ops.topic;

import java.util.List;

/** Topics exist with other partition counts than asked for. Partition counts say where subscriptions live, so nothing was changed. */
public final class PartitionsDifferException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartitionsDifferException(List<String> different) {
        super(
                "The number of partitions of a topic that exists is never changed here, for it decides which partition a subscription or"
                        + " ordering key belongs to: " + String.join("; ", different)
                        + ". Nothing was created. Leave --partitions away to keep what there is.");
    }
}
