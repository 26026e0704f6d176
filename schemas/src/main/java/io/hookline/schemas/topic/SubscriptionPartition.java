package io.hookline.schemas.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Which of the P partitions a subscription belongs to, in every topic that has P partitions. */
public final class SubscriptionPartition {
    private static final int ID_CHARS_MAX = 64;

    private SubscriptionPartition() {}

    /** Whether a text can be a subscription id: 1 to 64 of {@code A-Z a-z 0-9 _ -}. */
    public static boolean isId(String subscriptionId) {
        int length = subscriptionId.length();
        boolean good = length > 0 && length <= ID_CHARS_MAX;
        for (int i = 0; good && i < length; i++) {
            good = isIdChar(subscriptionId.charAt(i));
        }
        return good;
    }

    /** The subscription id that a record's key is; null if it is none. */
    public static @Nullable String idOf(byte @Nullable [] key) {
        // An id is ASCII: what a byte says alone, it says in UTF-8.
        String text = key == null ? "" : new String(key, StandardCharsets.ISO_8859_1);
        return isId(text) ? text : null;
    }

    private static boolean isIdChar(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
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
