package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.DurationText;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Table;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.status.Parked;
import io.hookline.ops.status.PipelineStatus;
import io.hookline.ops.status.Running;
import io.hookline.ops.status.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}. */
@Command(
        name = "status",
        description = {
            "Show how the pipeline stands: what waits at each stage and since when, which subscriptions are behind, who runs, how much disk"
                    + " the topics take.",
            "Retries that are not due yet are apart from those that are. A number with ~ is an upper bound: more waits than is worth counting.",
            "With --json, one object. Ends with 1 where no router or no deliverer runs."
        },
        footer = {
            "",
            "Examples:",
            "  hookline status",
            "  hookline status --watch",
            "  hookline status --json | jq .oldestUndelivered"
        })
public final class StatusCommand extends KafkaCommand {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "Subscriptions that are behind and topics to show. Default: 10.")
    int limit = 10;

    @Mixin
    WatchOption watch = new WatchOption();

    public StatusCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        watch.check();
    }

    @Override
    int run(KafkaConnection kafka) {
        return watch.run(console, () -> show(kafka));
    }

    private int show(KafkaConnection kafka) {
        Instant now = Clock.systemUTC().instant();
        PipelineStatus status = PipelineStatus.read(kafka, now);
        boolean isWhole = List.of("router", "deliverer").stream()
                .allMatch(role ->
                        status.instances().stream().anyMatch(one -> one.role().equals(role)));
        if (common.json()) {
            console.json(json(status));
        } else {
            print(status, now);
            if (!isWhole) {
                console.warn("no router or no deliverer runs: what is emitted waits.");
            }
        }
        return isWhole ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(PipelineStatus status, Instant now) {
        Table stages = new Table(console, "STAGE", ">WAITING", ">OLDEST", "WHAT");
        for (Stage stage : status.stages()) {
            stages.row(
                    stage.name(),
                    (stage.waiting().exact() ? "" : "~") + stage.waiting().records(),
                    age(stage.waiting().oldest(), now),
                    stage.what());
        }
        stages.end();
        section(status.parked().isEmpty());
        Table parked = new Table(console, "BEHIND", ">WAITING", ">SINCE", "REASON");
        for (Parked one : status.parked().stream().limit(limit).toList()) {
            parked.row(one.subscription(), one.records(), age(one.since(), now), one.reason());
        }
        parked.end();
        section(status.instances().isEmpty());
        Table instances = new Table(console, "RUNS", "ID", "HOST", "VERSION", ">PARTITIONS", ">LAST SEEN");
        for (Running one : status.instances()) {
            instances.row(one.role(), one.id(), one.host(), one.version(), one.partitions(), age(one.seen(), now));
        }
        instances.end();
        section(status.diskBytes().isEmpty());
        Table disk = new Table(console, "TOPIC", ">DISK MIB");
        status.diskBytes().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(limit)
                .forEach(topic -> disk.row(topic.getKey(), mebibytes(topic.getValue())));
        disk.end();
        long bytes =
                status.diskBytes().values().stream().mapToLong(Long::longValue).sum();
        console.say("Oldest undelivered: "
                + (status.oldestUndelivered() == null ? "none" : age(status.oldestUndelivered(), now))
                + (bytes == 0 ? "." : "; " + mebibytes(bytes) + " MiB on disk, all replicas."));
    }

    private void section(boolean isEmpty) {
        if (!isEmpty) {
            console.line("");
        }
    }

    private static String mebibytes(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f", bytes / 1024.0 / 1024.0);
    }

    private static @Nullable String age(@Nullable Instant at, Instant now) {
        if (at == null) {
            return null;
        }
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        return DurationText.format(Duration.ofSeconds(seconds));
    }

    private static Map<String, @Nullable Object> json(PipelineStatus status) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("stages", status.stages().stream().map(StatusCommand::json).toList());
        json.put(
                "parked",
                status.parked().stream()
                        .map(one -> Map.of(
                                "subscription",
                                one.subscription(),
                                "waiting",
                                one.records(),
                                "since",
                                one.since().toString(),
                                "reason",
                                one.reason()))
                        .toList());
        json.put(
                "instances",
                status.instances().stream().map(StatusCommand::json).toList());
        json.put("diskBytes", new TreeMap<>(status.diskBytes()));
        Instant oldest = status.oldestUndelivered();
        json.put("oldestUndelivered", oldest == null ? null : oldest.toString());
        return json;
    }

    private static Map<String, @Nullable Object> json(Stage stage) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("stage", stage.name());
        json.put("waiting", stage.waiting().records());
        json.put("exact", stage.waiting().exact());
        Instant oldest = stage.waiting().oldest();
        json.put("oldest", oldest == null ? null : oldest.toString());
        return json;
    }

    private static Map<String, @Nullable Object> json(Running one) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("role", one.role());
        json.put("id", one.id());
        json.put("host", one.host());
        json.put("version", one.version());
        json.put("partitions", one.partitions());
        json.put("seen", one.seen() == null ? null : one.seen().toString());
        return json;
    }
}
