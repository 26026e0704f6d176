package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.topic.Topics;
import io.hookline.ops.topic.Topics.Outcome;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.schemas.topic.TopicSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topics create}. */
@Command(
        name = "create",
        description = {
            "Create the topics that are missing.",
            "Topics that exist are left as they are; 'topics check' compares them with the catalogue. The number of partitions is for"
                    + " good: it says which partition a subscription or an ordering key belongs to."
        },
        footer = {
            "",
            "Examples:",
            "  hookline topics create --partitions 32 --replication-factor 3",
            "  hookline topics create --event-type order_created --partitions 12"
        })
public final class TopicsCreate extends KafkaCommand {
    private static final int PARTITIONS_MAX = 10_000;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of each topic. Default: what the installation has, at first 32.")
    @Nullable
    Integer partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Copies of each partition. Default: the broker's default.replication.factor.")
    int replicas;

    @Option(
            names = "--event-type",
            paramLabel = "TYPE",
            description = "Create the topic of this event type instead; may be repeated.")
    List<String> eventTypes = List.of();

    @Option(names = "--dry-run", description = "Say what would be created; change nothing.")
    boolean dryRun;

    public TopicsCreate(Console console) {
        super(console);
    }

    @Override
    void check() {
        if (partitions != null && (partitions < 1 || partitions > PARTITIONS_MAX)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--partitions " + partitions + " is not usable: choose 1 to " + PARTITIONS_MAX + ".");
        }
        if (replicas != -1 && (replicas < 1 || replicas > Short.MAX_VALUE)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--replication-factor " + replicas + " is not usable: choose 1 or more; 3 is usual.");
        }
        for (String type : eventTypes) {
            if (!TopicNames.isEventType(type)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--event-type '" + type + "' cannot name a topic: 1 to " + TopicNames.TYPE_LENGTH_MAX
                                + " of A-Z a-z 0-9 . _ - are allowed.");
            }
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        Topics topics = new Topics(kafka);
        List<TopicSpec> wanted = wanted(kafka, topics);
        Map<String, Outcome> outcomes = topics.create(wanted, replicas, dryRun);
        for (TopicSpec spec : wanted) {
            Outcome outcome = outcomes.getOrDefault(spec.name(), Outcome.EXISTS);
            if (common.json()) {
                console.json(
                        new Row(spec.name(), spec.partitions(), outcome.name().toLowerCase(Locale.ROOT), dryRun));
            } else {
                console.line(spec.name() + " " + word(outcome) + " (" + spec.partitions()
                        + (spec.partitions() == 1 ? " partition)" : " partitions)"));
            }
        }
        return ExitCode.OK;
    }

    private List<TopicSpec> wanted(KafkaConnection kafka, Topics topics) {
        int p = partitions != null ? partitions : topics.partitions().orElse(TopicCatalogue.DEFAULT_PARTITIONS);
        if (eventTypes.isEmpty()) {
            return new TopicCatalogue(kafka.names(), p).pipeline();
        }
        TopicCatalogue catalogue = new TopicCatalogue(kafka.names(), TopicCatalogue.DEFAULT_PARTITIONS);
        return eventTypes.stream()
                .distinct()
                .map(type -> catalogue.events(type, p))
                .toList();
    }

    private String word(Outcome outcome) {
        return switch (outcome) {
            case CREATED -> dryRun ? "would be created" : "created";
            case EXISTS -> "exists";
        };
    }

    record Row(String topic, int partitions, String outcome, boolean dryRun) {}
}
