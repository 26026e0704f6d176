package io.hookline.testkit.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the server, from start to stop: the same parts that Kafka's own {@code KafkaRaftServer} joins, joined here so that
 * the sockets are bound beforehand and a fatal fault is reported instead of ending the process.
 */
final class KafkaNode {
    private static final Logger log = LoggerFactory.getLogger(KafkaNode.class);
    private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(20);

    private final ListeningSockets sockets;
    private final BrokerServer broker;
    private final ControllerServer controller;

    private KafkaNode(ListeningSockets sockets, BrokerServer broker, ControllerServer controller) {
        this.sockets = sockets;
        this.broker = broker;
        this.controller = controller;
    }

    /** Blocks until the broker accepts clients. Takes the sockets over: they are closed with the node, or at once on failure. */
    static KafkaNode start(Properties properties, ListeningSockets sockets, Consumer<Throwable> fatal) {
        try {
            KafkaNode node = assemble(properties, sockets, fatal);
            node.startup();
            return node;
        } catch (RuntimeException | IOException e) {
            sockets.close();
            throw new KafkaStartException("the embedded Kafka did not start: " + e.getMessage(), e);
        }
    }

    /** Blocks until every thread of the server has ended and its files are closed. */
    void stop() {
        stopPart("broker", () -> broker.shutdown(SHUTDOWN_MAX));
        stopPart("broker threads", broker::awaitShutdown);
        stopPart("controller", controller::shutdown);
        stopPart("controller threads", controller::awaitShutdown);
        sockets.close();
    }

    private static KafkaNode assemble(Properties properties, ListeningSockets sockets, Consumer<Throwable> fatal)
            throws IOException {
        KafkaConfig config = KafkaConfig.fromProps(properties);
        var directories = KafkaRaftServer.initializeLogDirs(config, log, "");
        var meta = directories._1();
        SharedServer shared = new SharedServer(
                config,
                meta,
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, meta.clusterId().orElseThrow()),
                CompletableFuture.completedFuture(Map.of(
                        BrokerProperties.NODE_ID,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), sockets.controllerPort()))),
                List.of(),
                new Faults(fatal),
                sockets);
        return new KafkaNode(
                sockets,
                new BrokerServer(shared),
                new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2()));
    }

    private void startup() {
        try {
            controller.startup();
            broker.startup();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private static void stopPart(String name, Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            log.warn("stopping the embedded Kafka: {} did not stop cleanly", name, e);
        }
    }
}
