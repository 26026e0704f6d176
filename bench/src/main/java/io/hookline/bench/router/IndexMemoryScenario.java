package io.hookline.bench.router;

import io.hookline.avro.Subscription;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Orders;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.TypePattern;
import io.hookline.router.subscription.AppliedOffsets;
import io.hookline.router.subscription.SubscriptionTable;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.schemas.topic.TopicCatalogue;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a subscription costs in memory. The table is filled with records as they come from the topic, and the live heap compared before and
 * after. What the router keeps of the record itself (id, tenant, types) is measured alone and subtracted from the whole.
 */
final class IndexMemoryScenario implements Scenario {
    private static final int SUBSCRIPTIONS = 1_000_000;
    private static final int COLLECTIONS = 3;

    @Override
    public String name() {
        return "index memory";
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("index_bytes_per_subscription", 400, "bytes"));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        int count = effort.scaled(SUBSCRIPTIONS);
        try (Stage stage = new Stage()) {
            Installation installation = new Installation(stage, "memory.", false);
            long record = record(count) / count;
            effort.say("filling the index with " + count + " subscriptions");
            long all = index(installation, count) / count;
            report.row(name(), "record (id, tenant, types)", "bytes", Summary.of((double) record));
            report.row(name(), "record and index", "bytes", Summary.of((double) all));
            report.figure("index_bytes_per_subscription", (double) (all - record));
        }
    }

    /** Bytes of what is known of the subscriptions, in an array. */
    private static long record(int count) {
        long before = liveBytes();
        Route[] routes = new Route[count];
        List<TypePattern> types = List.of(TypePattern.parse(Orders.TYPE));
        for (int i = 0; i < count; i++) {
            routes[i] = new Route(Installation.id(i), i & 31, Installation.TENANT, types, null, 0);
        }
        long bytes = liveBytes() - before - 4L * count;
        if (routes[count - 1] == null) {
            throw new IllegalStateException("not filled");
        }
        return bytes;
    }

    private static long index(Installation installation, int count) {
        long before = liveBytes();
        AppliedOffsets offsets = new AppliedOffsets(TopicCatalogue.DEFAULT_PARTITIONS);
        SubscriptionTable table = new SubscriptionTable(
                RecordCodec.of(Subscription.class, installation.registry()),
                id -> installation.registry().fetch(id).join(),
                new IndexedMatcher(),
                offsets);
        for (int i = 0; i < count; i++) {
            String id = Installation.id(i);
            byte[] value = installation.encode(Installation.subscription(id, Installation.ofCustomer(i)));
            int partition = SubscriptionPartition.of(id, TopicCatalogue.DEFAULT_PARTITIONS);
            table.apply(partition, i, id.getBytes(StandardCharsets.UTF_8), value);
        }
        long bytes = liveBytes() - before;
        if (table.size() != count) {
            throw new IllegalStateException(
                    "Only " + table.size() + " of " + count + " subscriptions are in the index: "
                            + table.problems().stream().findFirst().orElse(null));
        }
        return bytes;
    }

    /** Bytes of the objects that are reachable; the smallest of some looks. */
    private static long liveBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
