package io.hookline.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final String TOPIC = "numbers";

    @TempDir
    Path temp;

    @Test
    void shouldKeepDataPortAndClusterIdOverStopAndStart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            String address = kafka.bootstrapServers();
            createTopic(kafka);
            produce(kafka, "one");

            kafka.stop();
            assertThat(kafka.isRunning()).isFalse();
            kafka.start();

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(describedClusterId(kafka)).isEqualTo(kafka.clusterId());
            produce(kafka, "two");
            assertThat(readAll(kafka, 2)).containsExactly("one", "two");
        }
    }

    @Test
    void shouldServeClientsThatWereConnectedBeforeARestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
                KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
            createTopic(kafka);
            producer.send(new ProducerRecord<>(TOPIC, "one")).get(30, TimeUnit.SECONDS);
            kafka.stop();
            CompletableFuture<Void> start = CompletableFuture.runAsync(kafka::start);
            producer.send(new ProducerRecord<>(TOPIC, "two")).get(30, TimeUnit.SECONDS);
            start.get(30, TimeUnit.SECONDS);
            assertThat(readAll(kafka, 2)).containsExactly("one", "two");
        }
    }

    @Test
    void shouldFindItsDataAgainInAKeptDirectory() throws Exception {
        Path data = temp.resolve("made").resolve("here");
        String clusterId;
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(data).start()) {
            clusterId = kafka.clusterId();
            createTopic(kafka);
            produce(kafka, "kept");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(data).start()) {
            assertThat(kafka.clusterId()).isEqualTo(clusterId);
            assertThat(readAll(kafka, 1)).containsExactly("kept");
        }
    }

    @Test
    void shouldRunTwoBrokersAtOnceThatKnowNothingOfEachOther() throws Exception {
        try (EmbeddedKafka one = EmbeddedKafka.startTemporary();
                EmbeddedKafka two = EmbeddedKafka.startTemporary()) {
            createTopic(one);
            produce(one, "only in one");
            assertThat(topics(two)).doesNotContain(TOPIC);
            assertThat(one.clusterId()).isNotEqualTo(two.clusterId());

            two.close();
            produce(one, "still there");
            assertThat(readAll(one, 2)).containsExactly("only in one", "still there");
        }
    }

    @Test
    void shouldDeleteTemporaryDataAndFreeThePortOnClose() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        createTopic(kafka);
        kafka.close();
        kafka.close();

        assertThat(kafka.dataDirectory()).doesNotExist();
        try (ServerSocket free = new ServerSocket(kafka.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
        assertThatThrownBy(kafka::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void shouldRefuseADirectoryThatAnotherBrokerUsesAndLeaveThatBrokerAlone() throws Exception {
        Path data = temp.resolve("data");
        try (EmbeddedKafka first = EmbeddedKafka.builder().dataDirectory(data).start()) {
            createTopic(first);
            assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(data).start())
                    .isInstanceOf(KafkaStartException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("in use")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            produce(first, "alive");
            assertThat(readAll(first, 1)).containsExactly("alive");
        }
    }

    @Test
    void shouldRefuseATakenPortAndRunOnItWhenItIsFree() throws Exception {
        Path data = temp.resolve("data");
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.builder()
                            .dataDirectory(data)
                            .port(port)
                            .start())
                    .isInstanceOf(KafkaStartException.class)
                    .hasMessageContaining("port " + port);
        }
        try (EmbeddedKafka kafka =
                EmbeddedKafka.builder().dataDirectory(data).port(port).start()) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(describedClusterId(kafka)).isEqualTo(kafka.clusterId());
        }
    }

    @Test
    void shouldRefuseADirectoryOfSomethingElseUntouched() throws Exception {
        Path foreign = temp.resolve("thesis.tex");
        Files.writeString(foreign, "years of work");
        assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(temp).start())
                .isInstanceOf(KafkaStartException.class)
                .hasMessageContaining("thesis.tex");
        assertThat(foreign).hasContent("years of work");
        assertThat(temp.resolve("meta.properties")).doesNotExist();
    }

    @Test
    void shouldRefuseAFileAsDirectoryAndDamagedMetaProperties() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(file).start())
                .isInstanceOf(KafkaStartException.class)
                .hasMessageContaining(file.toString());
        Path damaged = Files.createDirectory(temp.resolve("damaged"));
        Files.writeString(damaged.resolve("meta.properties"), "version=1\n");
        assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(damaged).start())
                .isInstanceOf(KafkaStartException.class)
                .hasMessageContaining("cluster.id");
    }

    @Test
    void shouldReportAnInvalidServerPropertyAndFreeEverything() {
        Path data = temp.resolve("data");
        EmbeddedKafka.Builder broken =
                EmbeddedKafka.builder().dataDirectory(data).serverProperty("num.io.threads", "many");
        assertThatThrownBy(broken::start)
                .isInstanceOf(KafkaStartException.class)
                .hasMessageContaining("num.io.threads");
        EmbeddedKafka.builder().dataDirectory(data).start().close();
    }

    @Test
    void shouldRefusePropertiesItDecidesItself() {
        assertThatThrownBy(() -> EmbeddedKafka.builder().serverProperty("listeners", "PLAINTEXT://0.0.0.0:9092"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listeners");
    }

    @Test
    void shouldNotCreateTopicsByThemselves() {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
                KafkaProducer<String, String> producer =
                        producer(kafka, Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, "1500"))) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("nowhere", "x")).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> {
                        try (Admin admin = admin(kafka)) {
                            admin.describeTopics(List.of("nowhere"))
                                    .allTopicNames()
                                    .get(30, TimeUnit.SECONDS);
                        }
                    })
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void shouldAbortATransactionOfADeadProducerSoonAfterItsShortTimeout() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            createTopic(kafka);
            KafkaProducer<String, String> dead = producer(
                    kafka,
                    Map.of(
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG, "dead",
                            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "1000"));
            dead.initTransactions();
            dead.beginTransaction();
            dead.send(new ProducerRecord<>(TOPIC, "never")).get(30, TimeUnit.SECONDS);
            produce(kafka, "behind it");

            assertThat(readAll(kafka, 1)).containsExactly("behind it");
            dead.close(Duration.ZERO);
        }
    }

    @Test
    void shouldCompactATopic() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .serverProperty("log.cleaner.backoff.ms", "100")
                .start()) {
            try (Admin admin = admin(kafka)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)
                                .configs(Map.of(
                                        "cleanup.policy", "compact",
                                        "segment.ms", "100",
                                        "min.cleanable.dirty.ratio", "0.01"))))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                produce(kafka, "again");
                assertThat(firstOffset(kafka)).isPositive();
            });
        }
    }

    private static long firstOffset(EmbeddedKafka kafka) {
        try (KafkaConsumer<String, String> consumer = consumer(kafka)) {
            consumer.assign(Set.of(new TopicPartition(TOPIC, 0)));
            consumer.seekToBeginning(consumer.assignment());
            var records = consumer.poll(Duration.ofSeconds(10));
            return records.isEmpty() ? -1 : records.iterator().next().offset();
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
            TopicReadiness.await(admin, List.of(TOPIC), Duration.ofSeconds(30));
        }
    }

    private static Set<String> topics(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = admin(kafka)) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }

    private static String describedClusterId(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = admin(kafka)) {
            return admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
        }
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static void produce(EmbeddedKafka kafka, String value) throws Exception {
        try (KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static List<String> readAll(EmbeddedKafka kafka, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(kafka)) {
            consumer.subscribe(List.of(TOPIC));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedKafka kafka) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "readers-" + System.nanoTime(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
