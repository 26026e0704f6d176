package io.hookline.testkit.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for topics that were just created. Kafka's controller says that a topic is created a moment before the brokers know of it;
 * until then they answer that there is no such topic.
 */
public final class TopicReadiness {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private TopicReadiness() {}

    /**
     * Blocks until every partition of these topics has a leader, and returns what the topics are.
     *
     * @throws TimeoutException if that takes longer than {@code timeout}
     * @throws ExecutionException if Kafka refuses to tell for another reason
     */
    public static Map<String, TopicDescription> await(Admin admin, Collection<String> topics, Duration timeout)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (true) {
            long leftNs = deadlineNs - System.nanoTime();
            try {
                Map<String, TopicDescription> found =
                        admin.describeTopics(topics).allTopicNames().get(Math.max(leftNs, 0), TimeUnit.NANOSECONDS);
                if (found.values().stream().allMatch(TopicReadiness::hasLeaders)) {
                    return found;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
            if (leftNs <= 0) {
                throw new TimeoutException("topics " + topics + " not ready within " + timeout);
            }
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for topics");
        }
    }

    private static boolean hasLeaders(TopicDescription topic) {
        return topic.partitions().stream().map(p -> p.leader()).allMatch(TopicReadiness::isThere);
    }

    private static boolean isThere(@Nullable Node leader) {
        return leader != null && !leader.isEmpty();
    }
}
