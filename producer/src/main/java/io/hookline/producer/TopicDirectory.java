package io.hookline.producer;

import io.hookline.producer.EmitException.Reason;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.schemas.topic.TopicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Knows which event types have a topic. Asks Kafka once per type, so that a missing topic is said at once instead of after
 * {@code max.block.ms}, and creates topics where that is allowed. Thread-safe; a question blocks for at most {@code max.block.ms}.
 */
final class TopicDirectory {
    private static final int KNOWN_MAX = 10_000;

    private final TopicNames names;
    private final Supplier<Admin> admin;
    private final boolean creates;
    private final OptionalInt createdPartitions;
    private final int blockMsMax;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * @param admin makes a new client for each question
     * @param creates whether topics are created that do not exist
     * @param createdPartitions of topics created; empty: as many as the installation has
     */
    TopicDirectory(
            TopicNames names, Supplier<Admin> admin, boolean creates, OptionalInt createdPartitions, int blockMsMax) {
        this.names = names;
        this.admin = admin;
        this.creates = creates;
        this.createdPartitions = createdPartitions;
        this.blockMsMax = blockMsMax;
    }

    /**
     * The topic of an event type.
     *
     * @throws EmitException if it does not exist and is not created, or if that cannot be found out
     */
    String require(String type) {
        String topic = names.events(type);
        if (!known.contains(topic)) {
            find(type, topic);
        }
        return topic;
    }

    /** Asks again at the next {@link #require}: the topic may have been deleted. */
    void forget(String topic) {
        known.remove(topic);
    }

    private synchronized void find(String type, String topic) {
        if (known.contains(topic)) {
            return;
        }
        try (Admin client = admin.get()) {
            TopicDescription description = describe(client, topic);
            if (description == null) {
                create(client, type, topic);
                description = describe(client, topic);
            }
            if (description != null) {
                awaitLeaders(client, description);
            }
        }
        if (known.size() >= KNOWN_MAX) {
            known.clear();
        }
        known.add(topic);
    }

    /** Null: there is no such topic. */
    private @Nullable TopicDescription describe(Admin client, String topic) {
        try {
            return client.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(blockMsMax))
                    .allTopicNames()
                    .get()
                    .get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw translated("find", topic, e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Returns when the leader of every partition answers. A topic is known a little before its leaders take records, and in between Kafka
     * can lose the first records of an idempotent producer (KAFKA-15591: the first request is refused, the second taken, and the first
     * refused for good as out of order).
     */
    private void awaitLeaders(Admin client, TopicDescription description) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        description
                .partitions()
                .forEach(p ->
                        partitions.put(new TopicPartition(description.name(), p.partition()), OffsetSpec.latest()));
        Throwable failure = failure(client.listOffsets(partitions, new ListOffsetsOptions().timeoutMs(blockMsMax))
                .all());
        if (failure != null) {
            throw translated("find the leaders of", description.name(), failure);
        }
    }

    private void create(Admin client, String type, String topic) {
        if (!creates) {
            throw new EmitException(
                    Reason.TOPIC_MISSING,
                    "Topic " + topic + " does not exist. Create it with: hookline topics create --event-type " + type
                            + " (or set " + ProducerSettings.CREATE_TOPICS + "=true).",
                    null);
        }
        int partitions = createdPartitions.orElseGet(() -> installationPartitions(client));
        TopicSpec spec = new TopicCatalogue(names, TopicCatalogue.DEFAULT_PARTITIONS).events(type, partitions);
        NewTopic wanted = new NewTopic(topic, Optional.of(spec.partitions()), Optional.empty()).configs(spec.config());
        Throwable failure =
                failure(client.createTopics(List.of(wanted), new CreateTopicsOptions().timeoutMs(blockMsMax))
                        .all());
        if (failure != null && !(failure instanceof TopicExistsException)) {
            throw translated("create", topic, failure);
        }
    }

    /** P is recorded as the number of partitions of topic {@code subscriptions}. */
    private int installationPartitions(Admin client) {
        TopicDescription subscriptions = describe(client, names.subscriptions());
        return subscriptions == null
                ? TopicCatalogue.DEFAULT_PARTITIONS
                : subscriptions.partitions().size();
    }

    private static @Nullable Throwable failure(KafkaFuture<?> future) {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static EmitException translated(String what, String topic, @Nullable Throwable failure) {
        boolean refused = failure instanceof AuthorizationException || failure instanceof AuthenticationException;
        return new EmitException(
                refused ? Reason.NOT_AUTHORIZED : Reason.KAFKA_UNREACHABLE,
                "Kafka did not let us " + what + " topic " + topic + ": " + Failures.text(failure),
                failure);
    }
}
