package io.hookline.ops.topic;

import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.schemas.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of one installation: created, listed, compared with the catalogue. */
public final class Topics {
    private static final int REPLICATION_BY_BROKER = -1;
    private static final Duration VISIBLE_MAX = Duration.ofSeconds(20);
    private static final Duration VISIBLE_PAUSE = Duration.ofMillis(50);

    private final KafkaConnection kafka;

    public Topics(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** What became of a topic that was to be created. */
    public enum Outcome {
        CREATED,
        EXISTS
    }

    /** Event types that have a topic, in order. */
    public List<String> eventTypes() {
        TopicNames names = kafka.names();
        return existing().stream()
                .map(names::eventType)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    /** P of this installation if its topics exist. */
    public Optional<Integer> partitions() {
        String topic = kafka.names().subscriptions();
        return Optional.ofNullable(describe(List.of(topic)).get(topic)).map(ActualTopic::partitions);
    }

    /**
     * Creates the topics that are missing. Never changes one that exists.
     *
     * @param replicas replication factor; -1 leaves it to the broker's default
     * @param validateOnly ask the cluster whether it would, and change nothing
     * @return by topic name, in the order given
     * @throws PartitionsDifferException before anything is created, where a topic exists with another number of partitions
     */
    public Map<String, Outcome> create(List<TopicSpec> wanted, int replicas, boolean validateOnly) {
        Map<String, ActualTopic> present =
                describe(wanted.stream().map(TopicSpec::name).toList());
        List<String> different = new ArrayList<>();
        for (TopicSpec spec : wanted) {
            ActualTopic actual = present.get(spec.name());
            if (actual != null && actual.partitions() != spec.partitions()) {
                different.add("topic '" + spec.name() + "' has " + actual.partitions() + " partitions, not "
                        + spec.partitions());
            }
        }
        if (!different.isEmpty()) {
            throw new PartitionsDifferException(different);
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        List<NewTopic> missing = new ArrayList<>();
        for (TopicSpec spec : wanted) {
            outcomes.put(spec.name(), present.containsKey(spec.name()) ? Outcome.EXISTS : Outcome.CREATED);
            if (!present.containsKey(spec.name())) {
                missing.add(newTopic(spec, replicas));
            }
        }
        List<String> created = new ArrayList<>();
        var results = kafka.admin()
                .createTopics(missing, new CreateTopicsOptions().validateOnly(validateOnly))
                .values();
        results.forEach((name, result) -> {
            try {
                kafka.await(result);
                created.add(name);
            } catch (TopicExistsException e) {
                outcomes.put(name, Outcome.EXISTS);
            }
        });
        if (!validateOnly) {
            awaitVisible(created);
        }
        return outcomes;
    }

    /** The controller creates a topic a moment before brokers know it; whoever comes next must not be told that it is missing. */
    private void awaitVisible(List<String> created) {
        long deadlineNs = System.nanoTime() + VISIBLE_MAX.toNanos();
        Set<String> missing = new TreeSet<>(created);
        while (true) {
            kafka.admin().describeTopics(missing).topicNameValues().forEach((name, description) -> {
                try {
                    boolean led = kafka.await(description).partitions().stream().allMatch(p -> p.leader() != null);
                    if (led) {
                        missing.remove(name);
                    }
                } catch (UnknownTopicOrPartitionException e) {
                    // Not yet.
                }
            });
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new TimeoutException("Topics " + missing + " were created, but have no leaders after "
                        + VISIBLE_MAX.toSeconds() + " s. Are enough brokers up?");
            }
            LockSupport.parkNanos(VISIBLE_PAUSE.toNanos());
        }
    }

    /** Compares all topics, those of events included, with the catalogue; empty where all is well. */
    public List<Finding> check() {
        Set<String> existing = existing();
        TopicNames names = kafka.names();
        int partitions = partitions().orElse(TopicCatalogue.DEFAULT_PARTITIONS);
        TopicCatalogue catalogue = new TopicCatalogue(names, partitions);
        List<String> wanted = new ArrayList<>(
                catalogue.pipeline().stream().map(TopicSpec::name).toList());
        existing.stream()
                .filter(name -> names.eventType(name).isPresent() && !name.equals(names.operations()))
                .sorted()
                .forEach(wanted::add);
        Map<String, ActualTopic> actual =
                describe(wanted.stream().filter(existing::contains).toList());
        TopicComparison comparison = new TopicComparison(kafka.servers());
        List<Finding> findings = new ArrayList<>();
        catalogue.pipeline().forEach(spec -> findings.addAll(comparison.compare(spec, actual.get(spec.name()))));
        for (ActualTopic topic : actual.values()) {
            names.eventType(topic.name())
                    .filter(type -> !topic.name().equals(names.operations()))
                    .map(type -> catalogue.events(type, topic.partitions()))
                    .ifPresent(spec -> findings.addAll(comparison.compare(spec, topic)));
        }
        return findings;
    }

    private Set<String> existing() {
        return kafka.await(kafka.admin().listTopics().names());
    }

    private Map<String, ActualTopic> describe(Collection<String> wanted) {
        Set<String> existing = existing();
        List<String> present = wanted.stream().filter(existing::contains).toList();
        Map<String, TopicDescription> described =
                kafka.await(kafka.admin().describeTopics(present).allTopicNames());
        List<ConfigResource> resources = present.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                kafka.await(kafka.admin().describeConfigs(resources).all());
        Map<String, ActualTopic> topics = new TreeMap<>();
        configs.forEach((resource, config) -> {
            TopicDescription topic = described.get(resource.name());
            if (topic != null) {
                topics.put(resource.name(), actual(topic, config));
            }
        });
        return topics;
    }

    private static ActualTopic actual(TopicDescription topic, Config config) {
        Map<String, String> settings = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                settings.put(entry.name(), entry.value());
            }
        }
        int replicas = topic.partitions().stream()
                .mapToInt(p -> p.replicas().size())
                .min()
                .orElse(0);
        return new ActualTopic(topic.name(), topic.partitions().size(), replicas, settings);
    }

    private static NewTopic newTopic(TopicSpec spec, int replicas) {
        Optional<Short> factor = replicas == REPLICATION_BY_BROKER ? Optional.empty() : Optional.of((short) replicas);
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), factor).configs(spec.config());
    }
}
