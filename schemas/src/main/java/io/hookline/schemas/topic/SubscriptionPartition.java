package io.hookline.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;

/** Which of the P partitions a subscription belongs to, in every topic that has P partitions. */
public final class SubscriptionPartition {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private SubscriptionPartition() {}

    /** Whether a text can be a subscription id: 1 to 64 of {@code A-Z a-z 0-9 _ -}. */
    public static boolean isId(String subscriptionId) {
        return ID.matcher(subscriptionId).matches();
    }

    /**
     * The subscription's partition: murmur2 of the id's UTF-8 bytes, made positive, modulo P, as Kafka's default partitioner does it
     * ({@code BuiltInPartitioner.partitionForKey}), so that any Kafka client that writes with the id as key ends up in the same place.
     *
     * @param partitions P, at least 1
     */
    public static int of(String subscriptionId, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("A topic has at least 1 partition, not " + partitions + ".");
        }
        return Utils.toPositive(Utils.murmur2(subscriptionId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
