package io.hookline.ops.topic;

import java.util.Map;

/**
 * One topic as it is.
 *
 * @param replicas the smallest number of replicas of its partitions
 * @param config effective settings
 */
record ActualTopic(String name, int partitions, int replicas, Map<String, String> config) {
    ActualTopic {
        config = Map.copyOf(config);
    }
}
