package io.hookline.deploy.secured;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Somebody with the password of one role who tries everything. What it may do it does without leaving records behind. */
final class Attacker implements AutoCloseable {
    private static final long ANSWER_S_MAX = 20;

    private final Map<String, Object> client;
    private final Admin admin;

    Attacker(Map<String, Object> client) {
        this.client = client;
        this.admin = Admin.create(client);
    }

    /** Which of these topics a consumer can fetch from. */
    Set<String> readable(Collection<String> topics) throws Exception {
        Map<String, Object> config = new HashMap<>(client);
        config.put("fetch.max.wait.ms", 1);
        return allowed(topics, topic -> {
            try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                TopicPartition partition = new TopicPartition(topic, 0);
                consumer.assign(List.of(partition));
                consumer.seek(partition, 0);
                long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_S_MAX);
                // The lag is known once a fetch was answered.
                while (consumer.currentLag(partition).isEmpty()) {
                    consumer.poll(Duration.ofMillis(20));
                    if (System.nanoTime() > deadlineNs) {
                        throw new TimeoutException("no answer about " + topic);
                    }
                }
                return topic;
            }
        });
    }

    /** Which of these topics a producer can write to. */
    Set<String> writable(Collection<String> topics) throws Exception {
        Map<String, Object> config = new HashMap<>(client);
        config.put("max.request.size", 16 << 20);
        config.put("enable.idempotence", false);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            return allowed(topics, topic -> tooLarge(producer, topic));
        }
    }

    /** A record whose size no topic takes: it is refused for its size only where it would be taken otherwise. */
    private static boolean tooLarge(KafkaProducer<byte[], byte[]> producer, String topic) throws Exception {
        try {
            producer.send(new ProducerRecord<>(topic, 0, null, new byte[4 << 20]))
                    .get(ANSWER_S_MAX, TimeUnit.SECONDS);
            throw new AssertionError(topic + " took a record of 4 MiB");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return true;
            }
            throw e;
        }
    }

    /** Of which of these groups it can see the offsets. */
    Set<String> groups(String... groups) throws Exception {
        return allowed(List.of(groups), group -> {
            Map<String, Object> config = new HashMap<>(client);
            config.put("group.id", group);
            try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                return consumer.committed(
                        Set.of(new TopicPartition(SecuredKafka.NAMES.deliveries(), 0)),
                        Duration.ofSeconds(ANSWER_S_MAX));
            }
        });
    }

    /** In which of these groups it has a say, as members do: it asks for a member to leave that there is not. */
    Set<String> memberships(String... groups) throws Exception {
        return allowed(List.of(groups), group -> {
            try {
                return admin.removeMembersFromConsumerGroup(
                                group, new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("nobody"))))
                        .all()
                        .get(ANSWER_S_MAX, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (isUnknown(e)) {
                    return group;
                }
                throw e;
            }
        });
    }

    private static boolean isUnknown(ExecutionException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownMemberIdException || cause instanceof GroupIdNotFoundException) {
                return true;
            }
        }
        return false;
    }

    /** Whose transactional ids it can take over. */
    Set<String> transactionalIds(String... ids) throws Exception {
        return allowed(List.of(ids), id -> {
            Map<String, Object> config = new HashMap<>(client);
            config.put("transactional.id", id);
            try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.initTransactions();
                return id;
            }
        });
    }

    boolean canCreateTopic(String name) throws Exception {
        NewTopic topic = new NewTopic(name, 1, (short) 1);
        return can(() -> admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                .all()
                .get(ANSWER_S_MAX, TimeUnit.SECONDS));
    }

    boolean canDeleteOrAlter(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
        return can(() -> admin.deleteTopics(List.of(topic)).all().get(ANSWER_S_MAX, TimeUnit.SECONDS))
                || can(() -> admin.incrementalAlterConfigs(Map.of(resource, List.of(shorter)))
                        .all()
                        .get(ANSWER_S_MAX, TimeUnit.SECONDS));
    }

    boolean canGrantItself(String topic) throws Exception {
        AclBinding all = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW));
        return can(() -> admin.createAcls(List.of(all)).all().get(ANSWER_S_MAX, TimeUnit.SECONDS));
    }

    /** An attempt that is refused by an {@link AuthorizationException} and nothing else. */
    @FunctionalInterface
    private interface Attempt {
        Object on(String name) throws Exception;
    }

    private static Set<String> allowed(Collection<String> names, Attempt attempt) throws Exception {
        Set<String> allowed = new TreeSet<>();
        for (String name : names) {
            if (can(() -> attempt.on(name))) {
                allowed.add(name);
            }
        }
        return allowed;
    }

    private static boolean can(Callable<?> attempt) throws Exception {
        try {
            attempt.call();
            return true;
        } catch (AuthorizationException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
