package io.hookline.schemas.topic;

import java.util.Map;

/**
 * One topic as it should be.
 *
 * @param name full name
 * @param key what its keys are, for people
 * @param value what its values are, for people
 * @param partitions number of partitions, at least 1
 * @param config the topic settings Hookline relies on; others are left to the cluster
 */
public record TopicSpec(String name, String key, String value, int partitions, Map<String, String> config) {
    public TopicSpec {
        config = Map.copyOf(config);
    }
}
