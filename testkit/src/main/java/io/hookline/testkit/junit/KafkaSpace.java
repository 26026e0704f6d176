package io.hookline.testkit.junit;

import io.hookline.testkit.kafka.KafkaUnderTest;
import io.hookline.testkit.kafka.TopicReadiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One test's corner of the shared Kafka: names made here are used by no other test, and topics named so are deleted after it.
 * Any thread.
 */
public final class KafkaSpace {
    private static final long ADMIN_SECONDS_MAX = 30;

    private final KafkaUnderTest kafka;
    private final String prefix;

    KafkaSpace(KafkaUnderTest kafka) {
        this.kafka = kafka;
        this.prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
    }

    public KafkaUnderTest kafka() {
        return kafka;
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** What every name of this test begins with: a letter, digits and a dot at the end. */
    public String prefix() {
        return prefix;
    }

    /** The prefix and {@code base}: for a topic, a consumer group, a transactional id. */
    public String name(String base) {
        return prefix + base;
    }

    /** Creates topic {@link #name name(base)} with default settings, and returns that name when clients can use it. */
    public String createTopic(String base, int partitions) {
        return createTopic(base, partitions, Map.of());
    }

    /** As {@link #createTopic(String, int)} with topic settings such as {@code cleanup.policy}. */
    public String createTopic(String base, int partitions, Map<String, String> settings) {
        String topic = name(base);
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                    .all()
                    .get(ADMIN_SECONDS_MAX, TimeUnit.SECONDS);
            TopicReadiness.await(admin, List.of(topic), Duration.ofSeconds(ADMIN_SECONDS_MAX));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topic " + topic + " could not be created: " + e, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return topic;
    }

    /** A new admin client of the shared Kafka; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    void deleteTopics() {
        try (Admin admin = admin()) {
            Set<String> all = admin.listTopics().names().get(ADMIN_SECONDS_MAX, TimeUnit.SECONDS);
            List<String> ours = new ArrayList<>(all);
            ours.removeIf(topic -> !topic.startsWith(prefix));
            admin.deleteTopics(ours).all().get(ADMIN_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topics " + prefix + "* could not be deleted: " + e, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for Kafka", e);
    }
}
