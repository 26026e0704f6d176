package io.hookline.schemas.topic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.internals.Topic;

/**
 * One topic as it should be.
 *
 * @param name full name
 * @param key what its keys are, for people
 * @param value what its values are, for people
 * @param partitions number of partitions, at least 1
 * @param config the topic settings Hookline relies on, in the order of the documentation; others are left to the cluster
 */
public record TopicSpec(String name, String key, String value, int partitions, Map<String, String> config) {
    public TopicSpec {
        Topic.validate(name);
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "Topic " + name + " cannot have " + partitions + " partitions: at least 1 is needed.");
        }
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }
}
