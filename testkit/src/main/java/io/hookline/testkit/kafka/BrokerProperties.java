package io.hookline.testkit.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The server's configuration: one node, small, quick to start, quick to answer. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String BROKER_LISTENER = "BROKER";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** What {@link EmbeddedKafka} decides itself and a caller may not. */
    private static final Set<String> OURS = Set.of(
            "node.id",
            "broker.id",
            "process.roles",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "inter.broker.listener.name",
            "controller.listener.names",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers",
            "log.dir",
            "log.dirs",
            "metadata.log.dir");

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            // One node has one replica of everything.
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            // A topic that was not created is a mistake to show, not to paper over.
            Map.entry("auto.create.topics.enable", "false"),
            // Fifty partitions of each internal topic are slow to make and to load, and serve nobody here.
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.num.partitions", "4"),
            // Groups form at once, and may be told to notice a lost member soon.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "500"),
            Map.entry("group.consumer.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.min.heartbeat.interval.ms", "200"),
            Map.entry("group.consumer.heartbeat.interval.ms", "1000"),
            Map.entry("group.share.min.session.timeout.ms", "1000"),
            Map.entry("group.share.min.heartbeat.interval.ms", "200"),
            Map.entry("group.share.heartbeat.interval.ms", "1000"),
            Map.entry("group.streams.min.session.timeout.ms", "1000"),
            Map.entry("group.streams.min.heartbeat.interval.ms", "200"),
            Map.entry("group.streams.heartbeat.interval.ms", "1000"),
            // A transaction whose producer died is aborted within half a second of its timeout, not ten.
            Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
            // The cleaner runs, on megabytes of heap instead of 128.
            Map.entry("log.cleaner.enable", "true"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.cleaner.io.buffer.size", "262144"),
            // Index files are made at full size before they are filled: a megabyte still covers 512 MiB of log.
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.segment.bytes", "268435456"),
            // Threads for a few clients on a small machine.
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("controller.quorum.election.timeout.ms", "100"),
            Map.entry("controller.quorum.election.backoff.max.ms", "50"));

    private BrokerProperties() {}

    /** What is chosen here and a caller may change; for a Kafka that runs elsewhere too. */
    static Map<String, String> defaults() {
        return DEFAULTS;
    }

    /** Refuses the settings that {@link EmbeddedKafka} decides itself. */
    static void check(Map<String, String> extra) {
        Set<String> refused = new TreeSet<>(extra.keySet());
        refused.retainAll(OURS);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("server properties " + refused
                    + " are set by the embedded Kafka itself; choose its port and directory by EmbeddedKafka.Builder.");
        }
    }

    /** @param security null: whoever reaches the port may do everything */
    static Properties of(
            ListeningSockets sockets,
            Path dataDirectory,
            Map<String, String> extra,
            @Nullable BrokerSecurity security) {
        String brokerAddress = BROKER_LISTENER + "://127.0.0.1:" + sockets.brokerPort();
        String controllerAddress = "127.0.0.1:" + sockets.controllerPort();
        Properties properties = new Properties();
        properties.putAll(DEFAULTS);
        properties.putAll(extra);
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("process.roles", "broker,controller");
        properties.put("listeners", brokerAddress + "," + CONTROLLER_LISTENER + "://" + controllerAddress);
        properties.put("advertised.listeners", brokerAddress);
        properties.put(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", BROKER_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put("controller.quorum.voters", NODE_ID + "@" + controllerAddress);
        properties.put("log.dirs", dataDirectory.toString());
        if (security != null) {
            properties.putAll(security.serverProperties(BROKER_LISTENER, CONTROLLER_LISTENER));
        }
        return properties;
    }
}
