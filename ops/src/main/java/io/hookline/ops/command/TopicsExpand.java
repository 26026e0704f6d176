package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.topic.TopicNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topics expand}. */
@Command(
        name = "expand",
        description = {
            "Give the topic of an event type more partitions, so that more router threads can work on it.",
            "Events of a key then come to another partition than before, and their order is kept within each partition only. Where a"
                    + " subscription with ordering receives this type, it is refused with 5.",
            "The pipeline's own topics are not expanded: their number of partitions says where a subscription lives, and is for good."
        },
        footer = {"", "Examples:", "  hookline topics expand --event-type order_created --partitions 24 --dry-run"})
public final class TopicsExpand extends KafkaCommand {
    private static final int PARTITIONS_MAX = 10_000;
    private static final int NAMED_MAX = 10;

    @Option(names = "--event-type", paramLabel = "TYPE", required = true, description = "Of which event type.")
    String type = "";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            required = true,
            description = "How many partitions the topic shall have.")
    int partitions;

    @Option(names = "--dry-run", description = "Say what would be done; change nothing.")
    boolean dryRun;

    public TopicsExpand(Console console) {
        super(console);
    }

    @Override
    void check() {
        if (!TopicNames.isEventType(type)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--event-type '" + type + "' cannot name a topic: 1 to " + TopicNames.TYPE_LENGTH_MAX
                            + " of A-Z a-z 0-9 . _ - are allowed.");
        }
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--partitions " + partitions + " is not usable: choose 1 to " + PARTITIONS_MAX + ".");
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        int before = kafka.partitionsOf(kafka.names().events(type));
        if (partitions < before) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "Topic '" + kafka.names().events(type) + "' has " + before
                            + " partitions: Kafka can only add to them, not come down to " + partitions + ".");
        }
        if (partitions > before) {
            Expansion expansion = new Expansion(kafka);
            refuse(expansion.inTheWay(type, NAMED_MAX + 1));
            expansion.expand(type, partitions, dryRun);
        }
        print(kafka.names().events(type), before);
        return ExitCode.OK;
    }

    private static void refuse(List<String> ordered) {
        if (!ordered.isEmpty()) {
            String named = String.join(", ", ordered.subList(0, Math.min(NAMED_MAX, ordered.size())));
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "It would break the order that these subscriptions ask for: " + named
                            + (ordered.size() > NAMED_MAX ? " and more" : "")
                            + ". Emit a new event type to a topic with enough partitions instead, or give up their ordering first.");
        }
    }

    private void print(String topic, int before) {
        if (common.json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("topic", topic);
            facts.put("before", before);
            facts.put("partitions", partitions);
            facts.put("dryRun", dryRun);
            console.json(facts);
        } else if (before == partitions) {
            console.line(topic + " has " + before + " partitions already");
        } else {
            console.line(topic + (dryRun ? " would be" : "") + " expanded from " + before + " to " + partitions
                    + " partitions");
        }
    }
}
