package io.hookline.router.subscription;

import io.hookline.avro.Subscription;
import io.hookline.router.match.Matcher;
import io.hookline.router.match.Route;
import io.hookline.router.route.Schemas;
import io.hookline.router.stop.ClosingException;
import io.hookline.schemas.PlainText;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the routes as the subscriptions topic says. The state is a function of the newest record of each key, and of nothing else, so
 * that it is the same before and after compaction and a restart:
 *
 * <ul>
 *   <li>A record that cannot become a route makes its subscription match nothing, whatever its earlier versions said, and is reported.
 *   <li>A record whose key is no subscription id, or that lies in another partition than its key belongs to, is nobody's: it is
 *       reported and changes nothing.
 * </ul>
 */
public final class SubscriptionTable {
    private final SubscriptionReader reader;
    private final Matcher matcher;
    private final AppliedOffsets offsets;
    private final Problems problems = new Problems();

    /**
     * @param schemas asked, blocking, for schemas that the codec does not know yet
     */
    public SubscriptionTable(
            RecordCodec<Subscription> codec, Schemas schemas, Matcher matcher, AppliedOffsets offsets) {
        this.reader = new SubscriptionReader(codec, schemas);
        this.matcher = matcher;
        this.offsets = offsets;
    }

    /**
     * Applies one record. One thread, records of a partition in their order. Never fails on account of the record.
     *
     * @throws ClosingException when the router closes while the record's schema is not known
     */
    public void apply(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        if (partition >= offsets.partitions()) {
            report(
                    describe(key),
                    partition,
                    offset,
                    "Topic has more partitions than when the router started: restart it.");
            return;
        }
        offsets.begin(partition, offset);
        String id = id(key);
        if (id == null || SubscriptionPartition.of(id, offsets.partitions()) != partition) {
            applyNobodys(partition, offset, key, value, id);
        } else {
            applyTo(id, partition, offset, value);
        }
        offsets.end(partition, offset);
    }

    /** The records that stand in the topic and route nothing; at most 1,000. Any thread. */
    public List<SubscriptionProblem> problems() {
        return problems.now();
    }

    /** How many broken records have been met, mended ones included. Any thread. */
    public long problemsReported() {
        return problems.reported();
    }

    /** How many subscriptions route. Any thread. */
    public int size() {
        return matcher.size();
    }

    private void applyTo(String id, int partition, long offset, byte @Nullable [] value) {
        if (value == null) {
            matcher.remove(id);
            problems.healed(partition, id);
            return;
        }
        try {
            Route route = reader.read(id, partition, value);
            matcher.put(route);
            problems.healed(partition, id);
        } catch (InvalidSubscriptionException e) {
            matcher.remove(id);
            report(id, partition, offset, String.valueOf(e.getMessage()));
        } catch (ClosingException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            matcher.remove(id);
            report(id, partition, offset, "The router failed on it, please report this: " + e);
        }
    }

    private void applyNobodys(
            int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, @Nullable String id) {
        if (value == null) {
            problems.healed(partition, describe(key));
        } else if (id == null) {
            report(describe(key), partition, offset, "Its key is no subscription id (1 to 64 of A-Z a-z 0-9 _ -).");
        } else {
            int right = SubscriptionPartition.of(id, offsets.partitions());
            report(
                    id,
                    partition,
                    offset,
                    "It belongs into partition " + right + ": write it with Kafka's default partitioner.");
        }
    }

    private void report(String key, int partition, long offset, String reason) {
        problems.report(new SubscriptionProblem(key, partition, offset, reason));
    }

    private static @Nullable String id(byte @Nullable [] key) {
        if (key == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
            return SubscriptionPartition.isId(text) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String describe(byte @Nullable [] key) {
        if (key == null) {
            return "(none)";
        }
        return PlainText.oneLine(new String(key, StandardCharsets.UTF_8), 100);
    }
}
