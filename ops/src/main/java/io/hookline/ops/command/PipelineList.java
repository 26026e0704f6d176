package io.hookline.ops.command;

import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Table;
import io.hookline.ops.cli.Words;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.pipeline.PipelineDeadReader;
import io.hookline.ops.pipeline.PipelineQuery;
import io.hookline.ops.pipeline.PipelineRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pipeline list}. */
@Command(
        name = "list",
        description = {
            "Count the records of pipeline.dead by fault, stage and topic, then show the newest.",
            "They are events that nobody received, or records of Hookline's own: what each says is wrong has to be mended where it was"
                    + " written. With --json, one object for each, oldest first; with --json --count, the counts."
        },
        footer = {
            "",
            "Examples:",
            "  hookline pipeline list --since 1h",
            "  hookline pipeline list --fault undecodable,invalid_headers --type order_created --count"
        })
public final class PipelineList extends KafkaCommand {
    private static final int LIMIT_MAX = 100_000;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            split = ",",
            description = "Only with this fault, such as undecodable; several separated by commas.")
    List<String> faults = List.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only from the topic of this event type.")
    @Nullable
    String type;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Kept since: how long ago (30m, 2d), or an RFC 3339 time.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Kept before: the same.")
    @Nullable
    String until;

    @Option(names = "--count", description = "Counts only.")
    boolean countOnly;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rows to show, the newest. Default: 20.")
    int limit = 20;

    private Set<PipelineFault> wanted = Set.of();
    private @Nullable Instant from;
    private @Nullable Instant to;

    public PipelineList(Console console) {
        super(console);
    }

    @Override
    void check() {
        wanted = faults.stream()
                .map(PipelineList::fault)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PipelineFault.class)));
        Instant now = Clock.systemUTC().instant();
        from = DeadSelection.time("--since", since, now);
        to = DeadSelection.time("--until", until, now);
        if (limit < 0 || limit > LIMIT_MAX) {
            throw new CommandException(
                    ExitCode.USAGE, "--limit " + limit + " is not usable: choose 0 to " + LIMIT_MAX + ".");
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        String topic = type == null ? null : kafka.names().events(type);
        PipelineTally tally = new PipelineTally(limit);
        boolean stream = common.json() && !countOnly;
        long unreadable;
        try (PipelineDeadReader reader = new PipelineDeadReader(kafka);
                Progress progress = Progress.start(console, "Reading", -1, "records")) {
            unreadable = reader.list(new PipelineQuery(wanted, topic, from, to), row -> {
                progress.step(1);
                if (stream) {
                    console.json(json(row));
                } else {
                    tally.add(row);
                }
            });
        }
        if (!stream) {
            print(tally);
        }
        return unreadable == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(PipelineTally tally) {
        Table counts = new Table(console, "FAULT", "STAGE", "TOPIC", ">RECORDS", "NEWEST");
        tally.counts().forEach(entry -> {
            PipelineTally.Key key = entry.getKey();
            PipelineTally.Count count = entry.getValue();
            if (common.json()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("fault", key.fault());
                row.put("stage", key.stage());
                row.put("topic", key.topic());
                row.put("records", count.records());
                row.put("newest", count.newest().toString());
                console.json(row);
            } else {
                counts.row(key.fault(), key.stage(), key.topic(), count.records(), count.newest());
            }
        });
        counts.end();
        if (common.json()) {
            return;
        }
        if (!countOnly && tally.records() > 0 && limit > 0) {
            console.line("");
            Table rows = new Table(console, "ID", "KEPT", "FAULT", "SOURCE", "DETAIL");
            tally.newest()
                    .forEach(row -> rows.row(
                            row.id(),
                            row.keptAt(),
                            word(row.dead().getFault()),
                            source(row.dead()),
                            row.dead().getDetail()));
            rows.end();
        }
        console.say(
                tally.records() == 0
                        ? "Nothing that could not be read or routed."
                        : Words.count(tally.records(), "record") + " in all; 'hookline pipeline show ID' shows one.");
    }

    /** What a list tells of a record: all but key, headers and value. */
    static Map<String, @Nullable Object> json(PipelineRow row) {
        PipelineDead dead = row.dead();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", row.id().toString());
        json.put("keptAt", row.keptAt().toString());
        json.put("fault", word(dead.getFault()));
        json.put("stage", word(dead.getStage()));
        json.put("detail", dead.getDetail());
        json.put("topic", dead.getTopic());
        json.put("partition", dead.getPartition());
        json.put("offset", dead.getOffset());
        json.put("recordedAt", dead.getRecordedAt().toString());
        return json;
    }

    static String source(PipelineDead dead) {
        return dead.getTopic() + "-" + dead.getPartition() + " offset " + dead.getOffset();
    }

    private static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }

    private static PipelineFault fault(String text) {
        for (PipelineFault fault : PipelineFault.values()) {
            if (fault.name().equalsIgnoreCase(text.strip().replace('-', '_'))) {
                return fault;
            }
        }
        throw new CommandException(
                ExitCode.USAGE,
                "--fault '" + text + "' is not known; known are "
                        + Arrays.stream(PipelineFault.values())
                                .map(PipelineList::word)
                                .collect(Collectors.joining(", "))
                        + ".");
    }
}
