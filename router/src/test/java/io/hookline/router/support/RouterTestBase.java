package io.hookline.router.support;

import io.hookline.avro.Delivery;
import io.hookline.router.Router;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** One installation a test, and the routers that the test starts in it. */
@ExtendWith(KafkaExtension.class)
public abstract class RouterTestBase {
    protected static final Duration LIMIT = Duration.ofSeconds(60);

    protected Installation installation;
    private final List<Router> routers = new ArrayList<>();

    @BeforeEach
    void install(KafkaSpace space) {
        installation = new Installation(space.bootstrapServers(), space.prefix());
    }

    @AfterEach
    void uninstall() {
        routers.forEach(Router::close);
        installation.close();
    }

    /** A router that runs. */
    protected Router start(String... settings) throws Exception {
        Router router = launch(installation.settings(settings));
        router.awaitRunning(LIMIT);
        return router;
    }

    /** A router that may run some time. */
    protected Router launch(Map<String, String> settings) {
        Router router = Router.start(settings);
        routers.add(router);
        return router;
    }

    protected void awaitApplied(Router router, RecordMetadata written) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> router.appliedSubscriptions().getOrDefault(written.partition(), -1L) >= written.offset());
    }

    /** Waits until the router has routed that many events, committed or not. */
    protected static void awaitRouted(Router router, long events) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> router.status().events() >= events);
    }

    /** As {@code event offset -> subscription}, for every delivery. */
    protected List<String> pairs(List<ConsumerRecord<byte[], byte[]>> records) {
        List<String> pairs = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Delivery delivery = installation.delivery(record);
            for (String id : delivery.getSubscriptions()) {
                pairs.add(
                        delivery.getTopic() + "-" + delivery.getPartition() + "@" + delivery.getOffset() + " -> " + id);
            }
        }
        return pairs;
    }
}
