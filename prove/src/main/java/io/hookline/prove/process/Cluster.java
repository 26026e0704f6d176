package io.hookline.prove.process;

import io.hookline.prove.process.BrokerSettings.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Three Kafka nodes, broker and controller each, as processes with data of their own. Any thread. */
public final class Cluster {
    public static final int SIZE = 3;

    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final int ASK_MS_MAX = 20_000;

    /** Short-lived and many on few cores: the quick compiler only. */
    private static final List<String> OPTIONS = List.of(
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dhookline.log.level=WARN",
            "-Dhookline.log.kafka=WARN");

    private final Jvms jvms;
    private final RunDirectory directory;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, JvmProcess> running = new HashMap<>();

    private Cluster(Jvms jvms, RunDirectory directory, Ports ports) {
        this.jvms = jvms;
        this.directory = directory;
        for (int id = 1; id <= SIZE; id++) {
            nodes.add(new Node(id, ports.free(), ports.free()));
        }
    }

    /** Formats and starts all nodes, and blocks until they make one cluster. */
    public static Cluster start(Jvms jvms, RunDirectory directory, Ports ports) {
        Cluster cluster = new Cluster(jvms, directory, ports);
        String clusterId = Uuid.randomUuid().toString();
        cluster.nodes.forEach(node -> cluster.prepare(node.id(), clusterId));
        cluster.nodes.forEach(node -> cluster.start(node.id()));
        Await.until("three brokers in one cluster", START_MAX, () -> cluster.brokers() == SIZE);
        return cluster;
    }

    public String bootstrapServers() {
        return nodes.stream().map(Node::broker).collect(Collectors.joining(","));
    }

    /** As {@code kill -9}: its files are as they happen to be. */
    public synchronized void kill(int id) {
        JvmProcess process = running.remove(id);
        if (process != null) {
            process.kill();
            jvms.forgetEnded();
        }
    }

    /** SIGSTOP. */
    public synchronized void stop(int id) {
        process(id).stop();
    }

    /** SIGCONT. */
    public synchronized void resume(int id) {
        process(id).resume();
    }

    /** Starts a node that does not run, on its ports and its data; does not wait for it. */
    public synchronized void start(int id) {
        if (!running.containsKey(id)) {
            running.put(
                    id,
                    jvms.start(
                            "broker-" + id,
                            OPTIONS,
                            "kafka.Kafka",
                            List.of(directory
                                    .file("broker-" + id + ".properties")
                                    .toString())));
        }
    }

    /** Starts what does not run, and blocks until all nodes are there and every partition has all its copies. */
    public void heal() {
        nodes.forEach(node -> start(node.id()));
        Await.until("all brokers and all copies in sync", START_MAX, () -> brokers() == SIZE && isInSync());
    }

    /** The node that is the active controller. */
    public int controller() {
        try (Admin admin = admin()) {
            return admin.describeMetadataQuorum()
                    .quorumInfo()
                    .get(ASK_MS_MAX, TimeUnit.MILLISECONDS)
                    .leaderId();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the cluster does not say who its controller is: " + e, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private JvmProcess process(int id) {
        JvmProcess process = running.get(id);
        if (process == null) {
            throw new IllegalStateException("broker " + id + " does not run");
        }
        return process;
    }

    private int brokers() {
        try (Admin admin = admin()) {
            return admin.describeCluster()
                    .nodes()
                    .get(ASK_MS_MAX, TimeUnit.MILLISECONDS)
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private boolean isInSync() {
        try (Admin admin = admin()) {
            var topics = admin.listTopics().names().get(ASK_MS_MAX, TimeUnit.MILLISECONDS);
            return admin.describeTopics(topics).allTopicNames().get(ASK_MS_MAX, TimeUnit.MILLISECONDS).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000));
    }

    private void prepare(int id, String clusterId) {
        Path data = directory.file("broker-" + id);
        try {
            Files.createDirectories(data);
            new Formatter()
                    .setClusterId(clusterId)
                    .setNodeId(id)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
            try (Writer file = Files.newBufferedWriter(directory.file("broker-" + id + ".properties"))) {
                BrokerSettings.of(id, nodes, data).store(file, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the data of broker " + id + " cannot be formatted: " + e.getMessage(), e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while asking the cluster", e);
    }
}
