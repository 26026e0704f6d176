package io.hookline.router;

import io.hookline.router.instance.Heartbeat;
import io.hookline.router.instance.Identity;
import io.hookline.schemas.config.Settings;
import io.hookline.schemas.serde.RecordCodec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the heartbeat of a router. */
final class Heartbeats {
    private static final String VERSION_UNKNOWN = "development";

    private Heartbeats() {}

    static Heartbeat create(
            RouterSettings settings,
            RecordCodec<io.hookline.avro.Instance> codec,
            String instanceId,
            Supplier<Map<Integer, Long>> applied) {
        Map<String, Object> producer = new HashMap<>(settings.client(Settings.PRODUCER));
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        producer.put(ProducerConfig.CLIENT_ID_CONFIG, settings.names().routerGroup() + "-" + instanceId + "-heartbeat");
        producer.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new Heartbeat(
                new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()),
                settings.names().instances(),
                codec,
                new Identity(instanceId, version(), host(), Instant.now()),
                applied,
                InstantSource.system(),
                Duration.ofMillis(settings.integer(RouterSettings.BEAT_INTERVAL_MS)));
    }

    private static String version() {
        return Objects.requireNonNullElse(Router.class.getPackage().getImplementationVersion(), VERSION_UNKNOWN);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
