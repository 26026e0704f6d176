package io.hookline.bench.process;

import io.hookline.router.RouterSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * The baseline of the router: a Streams topology that copies the records of the event topics to {@code deliveries} as they are, with the
 * Streams settings of a router, guarantee included.
 */
final class PassThroughRole implements Role {
    private final KafkaStreams streams;

    PassThroughRole(Map<String, String> settings) throws InterruptedException {
        RouterSettings router = RouterSettings.parse(new HashMap<>(settings));
        Properties properties = router.streams("pass-through");
        Topology topology = new Topology();
        topology.addSource(
                "events",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                router.names().eventsPattern());
        topology.addSink(
                "copy", router.names().deliveries(), new ByteArraySerializer(), new ByteArraySerializer(), "events");
        streams = new KafkaStreams(topology, properties);
        CountDownLatch running = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING || now == KafkaStreams.State.ERROR) {
                running.countDown();
            }
        });
        streams.start();
        running.await();
        if (streams.state() == KafkaStreams.State.ERROR) {
            throw new IllegalStateException("The pass-through topology did not start.");
        }
    }

    @Override
    public String greeting() {
        return "running";
    }

    @Override
    public void close() {
        streams.close();
    }
}
