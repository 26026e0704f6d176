package io.hookline.router.subscription;

import io.hookline.avro.Subscription;
import io.hookline.router.match.Matcher;
import io.hookline.router.match.Route;
import io.hookline.router.route.Schemas;
import io.hookline.router.stop.ClosingException;
import io.hookline.schemas.serde.RecordCodec;
import java.util.List;
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
    private final ChangeReader reader;
    private final Matcher matcher;
    private final AppliedOffsets offsets;
    private final Problems problems = new Problems();
    private final ReadAhead ahead;
    private boolean many;

    /**
     * @param schemas asked, blocking, for schemas that the codec does not know yet
     */
    public SubscriptionTable(
            RecordCodec<Subscription> codec, Schemas schemas, Matcher matcher, AppliedOffsets offsets) {
        this.reader = new ChangeReader(new SubscriptionReader(codec, schemas), offsets.partitions());
        this.matcher = matcher;
        this.offsets = offsets;
        this.ahead = new ReadAhead(reader::read, this::apply);
    }

    /**
     * Applies one record, at once or, between {@link #expectMany} and {@link #applyAll}, when that is done. One thread, records of a partition
     * in their order. Never fails on account of the record.
     *
     * @throws ClosingException when the router closes while the record's schema is not known
     */
    public void apply(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        if (partition >= offsets.partitions()) {
            report(
                    ChangeReader.describe(key),
                    partition,
                    offset,
                    "Topic has more partitions than when the router started: restart it.");
            return;
        }
        SubscriptionRecord record = new SubscriptionRecord(partition, offset, key, value);
        if (many) {
            ahead.add(record);
        } else {
            apply(record, reader.read(record));
        }
    }

    /** Many records follow, of which none needs to have an effect before {@link #applyAll}. By the thread that applies. */
    public void expectMany() {
        many = true;
    }

    /**
     * Every record handed in until now is in effect when this returns; the next ones are applied at once. By the thread that applies.
     *
     * @throws ClosingException when the router closes while a record's schema is not known
     */
    public void applyAll() {
        if (many) {
            ahead.drain();
            many = false;
        }
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

    private void apply(SubscriptionRecord record, Change change) {
        offsets.begin(record.partition(), record.offset());
        if (change instanceof Change.Put put) {
            put(record, put.route());
        } else if (change instanceof Change.Remove remove) {
            matcher.remove(remove.id());
            problems.healed(record.partition(), remove.id());
        } else if (change instanceof Change.Broken broken) {
            broken(record, broken);
        } else if (change instanceof Change.Stray stray) {
            report(stray.key(), record.partition(), record.offset(), stray.reason());
        } else if (change instanceof Change.StrayRemoved removed) {
            problems.healed(record.partition(), removed.key());
        }
        offsets.end(record.partition(), record.offset());
    }

    private void put(SubscriptionRecord record, Route route) {
        try {
            matcher.put(route);
            problems.healed(record.partition(), route.id());
        } catch (RuntimeException e) {
            broken(record, ChangeReader.failed(route.id(), e));
        }
    }

    private void broken(SubscriptionRecord record, Change.Broken broken) {
        matcher.remove(broken.id());
        report(broken.id(), record.partition(), record.offset(), broken.reason());
    }

    private void report(String key, int partition, long offset, String reason) {
        problems.report(new SubscriptionProblem(key, partition, offset, reason));
    }
}
