package io.hookline.ops.topic;

import io.hookline.schemas.topic.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares a topic with its place in the catalogue. Pure. */
final class TopicComparison {
    /** Settings that may be larger than the catalogue says without harm. */
    private static final Set<String> AT_LEAST = Set.of("retention.ms", "max.message.bytes", "delete.retention.ms");

    /** Settings that change when disk is freed, not what is promised. */
    private static final Set<String> TUNING = Set.of("segment.ms", "min.cleanable.dirty.ratio");

    private final String servers;

    /**
     * @param servers for commands that a mend names
     */
    TopicComparison(String servers) {
        this.servers = servers;
    }

    List<Finding> compare(TopicSpec expected, @Nullable ActualTopic actual) {
        List<Finding> findings = new ArrayList<>();
        String name = expected.name();
        if (actual == null) {
            findings.add(new Finding(name, "topic", "missing", "exists", true, "hookline topics create"));
            return findings;
        }
        if (actual.partitions() != expected.partitions()) {
            findings.add(new Finding(
                    name,
                    "partitions",
                    Integer.toString(actual.partitions()),
                    Integer.toString(expected.partitions()),
                    true,
                    "every topic marked P needs as many partitions as 'subscriptions', which can't be changed while it holds"
                            + " records: delete this topic if it is empty and run 'hookline topics create'"));
        }
        if (actual.replicas() < 2) {
            findings.add(new Finding(
                    name,
                    "replication",
                    Integer.toString(actual.replicas()),
                    "3",
                    false,
                    "one lost broker loses it; fine for development, otherwise kafka-reassign-partitions.sh"));
        }
        new TreeMap<>(expected.config()).forEach((setting, value) -> {
            String found = actual.config().getOrDefault(setting, "");
            if (!satisfies(setting, found, value)) {
                findings.add(new Finding(
                        name, setting, found, value, !TUNING.contains(setting), alter(name, Map.of(setting, value))));
            }
        });
        return findings;
    }

    private String alter(String topic, Map<String, String> settings) {
        StringBuilder pairs = new StringBuilder();
        settings.forEach((key, value) ->
                pairs.append(pairs.isEmpty() ? "" : ",").append(key).append('=').append(value));
        return "kafka-configs.sh --bootstrap-server " + servers + " --alter --entity-type topics --entity-name " + topic
                + " --add-config " + pairs;
    }

    private static boolean satisfies(String setting, String found, String expected) {
        if (found.equals(expected)) {
            return true;
        }
        if (!AT_LEAST.contains(setting)) {
            return false;
        }
        try {
            long actual = Long.parseLong(found);
            boolean unlimited = setting.equals("retention.ms") && actual == -1;
            return unlimited || actual >= Long.parseLong(expected);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
