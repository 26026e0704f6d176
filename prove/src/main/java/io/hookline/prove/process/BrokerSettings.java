package io.hookline.prove.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a broker of the cluster is configured with: three copies, two of which must have a record before it is acknowledged. */
final class BrokerSettings {
    private static final Map<String, String> SHARED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("default.replication.factor", "3"),
            Map.entry("min.insync.replicas", "2"),
            Map.entry("unclean.leader.election.enable", "false"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "3"),
            Map.entry("transaction.state.log.replication.factor", "3"),
            Map.entry("transaction.state.log.min.isr", "2"),
            Map.entry("share.coordinator.state.topic.replication.factor", "3"),
            Map.entry("share.coordinator.state.topic.min.isr", "2"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.num.partitions", "4"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.cleaner.io.buffer.size", "262144"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.segment.bytes", "268435456"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"));

    private BrokerSettings() {}

    /** The settings of node {@code id}. */
    static Properties of(int id, List<Node> nodes, Path data) {
        Node self = nodes.get(id - 1);
        Properties settings = new Properties();
        settings.putAll(new TreeMap<>(SHARED));
        settings.put("node.id", Integer.toString(id));
        settings.put("listeners", "PLAINTEXT://" + self.broker() + ",CONTROLLER://" + self.controller());
        settings.put("advertised.listeners", "PLAINTEXT://" + self.broker());
        settings.put(
                "controller.quorum.voters",
                nodes.stream().map(node -> node.id() + "@" + node.controller()).collect(Collectors.joining(",")));
        settings.put("log.dirs", data.toString());
        return settings;
    }

    /** One node and its two ports on the loopback address. */
    record Node(int id, int brokerPort, int controllerPort) {
        String broker() {
            return "127.0.0.1:" + brokerPort;
        }

        String controller() {
            return "127.0.0.1:" + controllerPort;
        }
    }
}
