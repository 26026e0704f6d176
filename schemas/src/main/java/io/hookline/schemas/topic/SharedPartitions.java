package io.hookline.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Learns P from the topics themselves. P is written nowhere else: whoever needs it asks the cluster, and refuses to run on topics that
 * do not agree, because a subscription would then have different partitions in different topics.
 */
public final class SharedPartitions {
    private SharedPartitions() {}

    /**
     * P, after checking that every topic of {@code needed} exists and that all topics with P partitions that this client may see have
     * the same number. Blocks for at most {@code timeout}.
     *
     * @param needed full names of the topics the caller cannot do without
     * @throws UnusableTopicsException listing every topic that is missing or differs, and the mend
     * @throws org.apache.kafka.common.KafkaException when the cluster could not be asked
     */
    public static int find(Admin admin, TopicNames names, Collection<String> needed, Duration timeout) {
        TreeSet<String> shared = new TreeSet<>();
        for (TopicSpec spec : new TopicCatalogue(names, TopicCatalogue.DEFAULT_PARTITIONS).pipeline()) {
            if (spec.partitions() == TopicCatalogue.DEFAULT_PARTITIONS) {
                shared.add(spec.name());
            }
        }
        TreeSet<String> asked = new TreeSet<>(needed);
        asked.addAll(shared);
        Map<String, Integer> found = counts(admin, asked, new TreeSet<>(needed), timeout);
        found.keySet().retainAll(shared);
        return agreed(found, names.subscriptions());
    }

    private static int agreed(Map<String, Integer> counts, String reference) {
        Integer p = counts.get(reference);
        if (p == null) {
            throw new UnusableTopicsException(List.of(missing(reference)));
        }
        List<String> problems = new ArrayList<>();
        counts.forEach((topic, count) -> {
            if (!count.equals(p)) {
                problems.add("Topic '" + topic + "' has " + count + " partitions but '" + reference + "' has " + p
                        + ": both must have the same number. Recreate '" + topic + "' with " + p + " partitions.");
            }
        });
        if (!problems.isEmpty()) {
            throw new UnusableTopicsException(problems);
        }
        return p;
    }

    private static Map<String, Integer> counts(
            Admin admin, Collection<String> topics, Collection<String> needed, Duration timeout) {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        int timeoutMs = Math.toIntExact(timeout.toMillis());
        admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs(timeoutMs))
                .topicNameValues()
                .forEach((topic, answer) -> {
                    try {
                        counts.put(topic, await(answer, timeoutMs).partitions().size());
                    } catch (UnknownTopicOrPartitionException e) {
                        if (needed.contains(topic)) {
                            problems.add(missing(topic));
                        }
                    } catch (AuthorizationException e) {
                        if (needed.contains(topic)) {
                            problems.add("Topic '" + topic + "' may not be described by this client (" + e.getMessage()
                                    + "). Grant it DESCRIBE on the topic.");
                        }
                    }
                });
        if (!problems.isEmpty()) {
            throw new UnusableTopicsException(problems.stream().sorted().toList());
        }
        return counts;
    }

    private static String missing(String topic) {
        return "Topic '" + topic + "' does not exist. Create all topics with: hookline topics create";
    }

    private static TopicDescription await(KafkaFuture<TopicDescription> answer, int timeoutMs) {
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "The cluster did not describe its topics within " + timeoutMs + " ms.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException known) {
                throw known;
            }
            throw new org.apache.kafka.common.KafkaException(
                    "The cluster could not describe its topics.", e.getCause());
        }
    }
}
