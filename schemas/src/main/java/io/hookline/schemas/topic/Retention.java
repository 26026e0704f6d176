package io.hookline.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether topics keep their records for as long as these may have to wait in them. */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private Retention() {}

    /**
     * Asks the cluster how long it keeps the records of these topics. Blocks for at most {@code timeout}. Where this client may not know, it says so in the
     * log and leaves it at that.
     *
     * @throws UnusableTopicsException listing every topic that loses records earlier, or by its size, and the mend
     * @throws KafkaException when the cluster could not be asked
     */
    public static void require(Admin admin, Collection<String> topics, Duration atLeast, Duration timeout) {
        List<String> problems = new ArrayList<>();
        configs(admin, topics, timeout).forEach((topic, config) -> {
            long keptMs = number(config, TopicConfig.RETENTION_MS_CONFIG);
            if (keptMs >= 0 && keptMs < atLeast.toMillis()) {
                problems.add(
                        problem(topic, TopicConfig.RETENTION_MS_CONFIG, keptMs, Long.toString(atLeast.toMillis())));
            }
            long keptBytes = number(config, TopicConfig.RETENTION_BYTES_CONFIG);
            if (keptBytes >= 0) {
                problems.add(problem(topic, TopicConfig.RETENTION_BYTES_CONFIG, keptBytes, "-1"));
            }
        });
        if (!problems.isEmpty()) {
            throw new UnusableTopicsException(problems.stream().sorted().toList());
        }
    }

    private static String problem(String topic, String setting, long value, String wanted) {
        return "Topic '" + topic + "' has " + setting + "=" + value
                + ", so that records may be gone that still have to be delivered. Set " + setting + "=" + wanted + ".";
    }

    private static long number(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null ? -1 : Long.parseLong(entry.value());
    }

    private static Map<String, Config> configs(Admin admin, Collection<String> topics, Duration timeout) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Config> configs = new java.util.TreeMap<>();
        admin.describeConfigs(resources).values().forEach((resource, answer) -> {
            try {
                configs.put(resource.name(), answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (TimeoutException e) {
                throw new org.apache.kafka.common.errors.TimeoutException(
                        "The cluster did not describe its topics within " + timeout.toMillis() + " ms.", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    LOG.warn(
                            "how long records are kept cannot be checked, this client may not describe the settings: topic={}"
                                    + " (grant it DESCRIBE_CONFIGS on the topic)",
                            resource.name());
                } else if (e.getCause() instanceof ApiException known) {
                    throw known;
                } else {
                    throw new KafkaException("The cluster could not describe its topics.", e.getCause());
                }
            }
        });
        return configs;
    }
}
