package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Ordering;
import io.hookline.avro.Subscription;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class TopicsCommandIT {
    @TempDir
    Path home;

    private OpsKafka ops;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, 0);
        hookline = CommandLineFixture.of(ops, home);
    }

    @AfterEach
    void close() {
        ops.close();
    }

    @Test
    void shouldCreateWhatIsMissingAndLeaveTheRest() {
        Ran before = hookline.run("topics", "check");
        Ran dry = hookline.run("topics", "create", "--partitions", "3", "--dry-run");
        Ran stillNothing = hookline.run("topics", "check", "--json");
        Ran created = hookline.run("topics", "create", "--partitions", "3", "--replication-factor", "1");
        Ran again = hookline.run("topics", "create");
        Ran event = hookline.run("topics", "create", "--event-type", "order_created", "--partitions", "5");
        Ran after = hookline.run("topics", "check");

        assertThat(before.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(before.err()).contains("hookline topics create");
        assertThat(dry.out())
                .contains("subscriptions would be created (3 partitions)", "instances would be created (1 partition)");
        assertThat(stillNothing.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(created.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(again.out()).contains("subscriptions exists (3 partitions)").doesNotContain("created (");
        assertThat(event.out()).isEqualTo(ops.prefix + "events.order_created created (5 partitions)\n");
        assertThat(after.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(after.err()).contains("All topics are as Hookline needs them");
        assertThat(after.out()).containsPattern("note      \\(\\d+ topics\\) +replication  1");
    }

    @Test
    void shouldExpandAnEventTopicUnlessThatBreaksTheOrderOfASubscription() {
        hookline.run("topics", "create", "--partitions", "2");
        hookline.run("topics", "create", "--event-type", "order_created", "--partitions", "2");
        String[] expand = {"topics", "expand", "--event-type", "order_created", "--partitions", "5", "--json"};
        Ran dry = hookline.run("topics", "expand", "--event-type", "order_created", "--partitions", "5", "--dry-run");
        Ran fewer = hookline.run("topics", "expand", "--event-type", "order_created", "--partitions", "1");
        Ran missing = hookline.run("topics", "expand", "--event-type", "nothing", "--partitions", "5");
        writeOrdered("ordered");
        Ran refused = hookline.run(expand);
        hookline.run("subscriptions", "delete", "ordered", "--no-wait");
        Ran expanded = hookline.run(expand);

        assertThat(dry.out()).isEqualTo(ops.prefix + "events.order_created would be expanded from 2 to 5 partitions\n");
        assertThat(fewer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(refused.err()).contains("ordered", "break the order");
        assertThat(expanded.out()).contains("\"before\":2", "\"partitions\":5");
        assertThat(hookline.run(expand).out()).contains("\"before\":5");
    }

    @Test
    void shouldRefuseToChangeThePartitionCountAndChangeNothing() {
        hookline.run("topics", "create", "--partitions", "3");

        Ran refused = hookline.run("topics", "create", "--partitions", "4");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(refused.err()).contains("has 3 partitions, not 4", "Nothing was created");
    }

    @Test
    void shouldNameEverySettingThatDiffersAndTheMend() throws Exception {
        hookline.run("topics", "create", "--partitions", "2");
        alter("deliveries", "retention.ms", "1000");
        alter("deliveries.dead", "retention.ms", "-1");
        alter("attempts", "message.timestamp.type", "CreateTime");
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", ops.servers))) {
            admin.createPartitions(
                            Map.of(ops.prefix + "control", org.apache.kafka.clients.admin.NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }

        Ran check = hookline.run("topics", "check", "--json");
        Ran forPeople = hookline.run("topics", "check");

        assertThat(check.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(check.out().lines().filter(line -> line.contains("\"problem\":true")))
                .hasSize(3)
                .anyMatch(line -> line.contains(".deliveries\"".substring(1)) && line.contains("retention.ms"))
                .anyMatch(line -> line.contains("attempts") && line.contains("\"found\":\"CreateTime\""))
                .anyMatch(line -> line.contains("control") && line.contains("partitions"));
        assertThat(forPeople.err())
                .contains("kafka-configs.sh --bootstrap-server " + ops.servers
                        + " --alter --entity-type topics --entity-name " + ops.prefix
                        + "deliveries --add-config retention.ms=604800000");
    }

    private void alter(String topic, String setting, String value) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", ops.servers))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, ops.prefix + topic),
                            List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void writeOrdered(String id) {
        Subscription subscription = Subscription.newBuilder()
                .setId(id)
                .setPlatformWide(true)
                .setUrl("https://x.example")
                .setEventTypes(List.of("order_created"))
                .setOrdering(Ordering.KEY)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        try (KafkaConnection kafka = ops.connect();
                Producer<byte[], byte[]> producer = kafka.producer(ops.prefix + "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(
                    kafka.names().subscriptions(),
                    SubscriptionPartition.of(id, 2),
                    id.getBytes(StandardCharsets.UTF_8),
                    kafka.codec(Subscription.class).encode(subscription)));
            producer.commitTransaction();
        }
    }
}
