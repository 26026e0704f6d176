package io.hookline.testkit.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker in another process, and that process killed. */
class EmbeddedKafkaCrashIT {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir
    Path temp;

    /** The other process: starts on the directory, writes one record, says so and waits to be killed. */
    public static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) throws Exception {
            EmbeddedKafka kafka =
                    EmbeddedKafka.builder().dataDirectory(Path.of(args[0])).start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                        .all()
                        .get(60, TimeUnit.SECONDS);
            }
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>(PARTITION.topic(), "survives"))
                        .get(60, TimeUnit.SECONDS);
            }
            System.out.println("READY " + kafka.clusterId());
            boolean never = new CountDownLatch(1).await(5, TimeUnit.MINUTES);
            throw new AssertionError("killed before: " + never);
        }
    }

    @Test
    void shouldBeRefusedWhileAnotherProcessRunsAndFindItsDataOnceThatIsKilled() throws Exception {
        Path data = temp.resolve("data");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String clusterId = awaitReady(other);
            assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(data).start())
                    .isInstanceOf(KafkaStartException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("process " + other.pid());

            other.destroyForcibly().waitFor();

            try (EmbeddedKafka kafka =
                    EmbeddedKafka.builder().dataDirectory(data).start()) {
                assertThat(kafka.clusterId()).isEqualTo(clusterId);
                assertThat(firstValue(kafka)).isEqualTo("survives");
            }
        } finally {
            other.destroyForcibly();
        }
    }

    private static String awaitReady(Process other) throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(other.getInputStream(), UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("READY ")) {
                line = lines.readLine();
            }
            assertThat(line).as("the other process died").isNotNull();
            return line.substring("READY ".length());
        }
    }

    private static String firstValue(EmbeddedKafka kafka) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(Set.of(PARTITION));
            consumer.seekToBeginning(Set.of(PARTITION));
            var records = consumer.poll(Duration.ofSeconds(30));
            return records.isEmpty() ? "nothing" : records.iterator().next().value();
        }
    }
}
