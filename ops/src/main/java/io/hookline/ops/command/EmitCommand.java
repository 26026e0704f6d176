package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.cli.Words;
import io.hookline.ops.emit.Emission;
import io.hookline.ops.emit.EmissionFailedException;
import io.hookline.ops.emit.EventForm;
import io.hookline.ops.emit.EventSource;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.OpsSettings;
import io.hookline.producer.EmittedEvent;
import io.hookline.producer.EventProducer;
import io.hookline.producer.ProducerSettings;
import io.hookline.schemas.topic.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emit}. */
@Command(
        name = "emit",
        description = {
            "Emit events from arguments, NDJSON files or standard input.",
            "With a TYPE each line is the data of one event. Without, each line is a CloudEvents envelope:"
                    + " {\"type\":\"order_created\",\"key\":\"42\",\"tenant\":\"acme\",\"data\":{…}}.",
            "Every line of every file is checked first; if one is wrong, nothing is emitted and all of them are listed with file, line and"
                    + " column. --skip-invalid emits the others instead, in one pass."
        },
        footer = {
            "",
            "Examples:",
            "  hookline emit order_created --data '{\"order\":1,\"amount\":120}' --key 1",
            "  hookline emit order_created --file orders.ndjson --key-field customer.id",
            "  hookline emit --file envelopes.ndjson",
            "  hookline emit user_register --file users.ndjson --schema latest"
        })
public final class EmitCommand extends KafkaCommand {
    private static final String STANDARD_INPUT = "(standard input)";

    @Parameters(paramLabel = "TYPE", arity = "0..1", description = "Event type. Left away: lines are envelopes.")
    @Nullable
    String type;

    @Option(names = "--data", paramLabel = "JSON", description = "One event's line as an argument; may be repeated.")
    List<String> data = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "NDJSON file, - for standard input; may be repeated. Default: standard input.")
    List<String> files = List.of();

    @Option(names = "--key", paramLabel = "TEXT", description = "Ordering key of the events.")
    @Nullable
    String key;

    @Option(
            names = "--key-field",
            paramLabel = "PATH",
            description = "Field of the data that is the ordering key, such as customer.id.")
    @Nullable
    String keyField;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Whose events they are. Without a tenant, only platform-wide subscriptions receive an event.")
    @Nullable
    String tenant;

    @Option(names = "--tenant-field", paramLabel = "PATH", description = "Field of the data that is the tenant.")
    @Nullable
    String tenantField;

    @Option(
            names = "--id",
            paramLabel = "TEXT",
            description = "CloudEvents id, for a single event. Default: a random one.")
    @Nullable
    String id;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description =
                    "CloudEvents time of the events: RFC 3339, or how long ago (5m). Default: now. With --id and --source it makes"
                            + " the webhook-id: give all three to emit an event again, so that receivers recognise it.")
    @Nullable
    String time;

    @Option(names = "--id-field", paramLabel = "PATH", description = "Field of the data that is the CloudEvents id.")
    @Nullable
    String idField;

    @Option(
            names = "--source",
            paramLabel = "URI",
            defaultValue = "urn:hookline:emit",
            description = "CloudEvents source, where a line does not say it. Default: urn:hookline:emit.")
    String source = "urn:hookline:emit";

    @Option(names = "--subject", paramLabel = "TEXT", description = "CloudEvents subject of the events.")
    @Nullable
    String subject;

    @Option(
            names = "--schema",
            paramLabel = "FILE|latest",
            description = "Emit Avro with this schema, or with the newest one in the registry. Default: emit JSON.")
    @Nullable
    String schema;

    @Option(names = "--skip-invalid", description = "Emit valid lines, skip and count the others.")
    boolean skipInvalid;

    @Option(names = "--dry-run", description = "Check all lines; emit nothing.")
    boolean dryRun;

    private @Nullable Instant happened;

    public EmitCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        if (type != null && !TopicNames.isEventType(type)) {
            throw usage("'" + type + "' cannot be an event type: 1 to " + TopicNames.TYPE_LENGTH_MAX
                    + " of A-Z a-z 0-9 . _ - are allowed.");
        }
        if (!data.isEmpty() && !files.isEmpty()) {
            throw usage("--data and --file do not go together: use one of them.");
        }
        if (id != null && data.size() != 1) {
            throw usage("--id goes with a single --data: every event needs an id of its own.");
        }
        happened = DeadSelection.time("--time", time, Instant.now());
        refuseBoth("--key", key, "--key-field", keyField);
        refuseBoth("--tenant", tenant, "--tenant-field", tenantField);
        refuseBoth("--id", id, "--id-field", idField);
        for (String file : files) {
            if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
                throw usage("Cannot read " + file + ": there is no such file, or no permission.");
            }
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        EventForm form = new EventForm(
                type,
                new EventSchemas(kafka, schema)::of,
                key,
                keyField,
                tenant,
                tenantField,
                idField,
                id,
                happened,
                subject);
        Emission emission = new Emission(sources(), form);
        if (dryRun) {
            emission.check();
            return report(emission, false);
        }
        try (EventProducer producer = EventProducer.create(settings())) {
            if (!skipInvalid) {
                emission.check(producer);
                if (emission.invalid() > 0) {
                    return report(emission, false);
                }
            }
            long total = skipInvalid ? -1 : emission.valid();
            emission.restart();
            try (Progress progress = Progress.start(console, "Emitting", total, "events")) {
                emission.emit(producer, progress::step);
            }
            return report(emission, true);
        } catch (EmissionFailedException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    e.getMessage() + " About " + emission.valid()
                            + " lines were handed to Kafka before; those after the first failure"
                            + " were not, or are not acknowledged.");
        }
    }

    private List<EventSource> sources() {
        List<EventSource> sources = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            sources.add(EventSource.text(data.size() == 1 ? "--data" : "--data " + (i + 1), data.get(i)));
        }
        List<String> named = data.isEmpty() && files.isEmpty() ? List.of("-") : files;
        for (String file : named) {
            if (!file.equals("-")) {
                sources.add(EventSource.file(Path.of(file)));
            } else if (skipInvalid) {
                sources.add(EventSource.once(STANDARD_INPUT, console.in()));
            } else {
                sources.add(EventSource.spooled(STANDARD_INPUT, console.in()));
            }
        }
        return sources;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(connection.settings(console));
        settings.remove(OpsSettings.NETWORKS);
        String prefix = settings.remove(OpsSettings.PREFIX);
        if (prefix != null) {
            settings.put(ProducerSettings.TOPIC_PREFIX, prefix);
        }
        settings.put(ProducerSettings.SOURCE, source);
        settings.putIfAbsent("max.block.ms", "9000");
        settings.putIfAbsent("delivery.timeout.ms", "30000");
        settings.putIfAbsent("request.timeout.ms", "9000");
        return settings;
    }

    private int report(Emission emission, boolean emitted) {
        emission.problems().forEach(problem -> console.say("error: " + problem));
        if (emission.invalid() > emission.problems().size()) {
            console.say("… and " + (emission.invalid() - emission.problems().size()) + " more.");
        }
        EmittedEvent single = emission.valid() == 1 ? emission.last() : null;
        if (common.json()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("emitted", emitted ? emission.valid() : 0);
            json.put("valid", emission.valid());
            json.put("invalid", emission.invalid());
            json.put("dryRun", dryRun);
            json.put("types", emission.types());
            if (single != null) {
                json.put("id", single.id());
                json.put("topic", single.topic());
                json.put("partition", single.partition());
                json.put("offset", single.offset());
            }
            console.json(json);
        } else if (single != null) {
            console.line(single.id() + " emitted to " + single.topic() + " (partition " + single.partition()
                    + ", offset " + single.offset() + ")");
        } else if (emitted) {
            console.line(Words.count(emission.valid(), "event") + " emitted");
        } else if (emission.invalid() == 0) {
            console.line(Words.count(emission.valid(), "event") + " would be emitted");
        }
        if (emission.withoutTenant() > 0) {
            console.say("note: " + Words.count(emission.withoutTenant(), "event")
                    + " without a tenant: only platform-wide subscriptions receive such events. Name it with --tenant,"
                    + " --tenant-field, or \"tenant\" in an envelope.");
        }
        if (emission.invalid() == 0) {
            return ExitCode.OK;
        }
        console.say(emission.invalid() + (emission.invalid() == 1 ? " line is" : " lines are") + " wrong; "
                + (emitted ? "skipped." : "nothing was emitted. --skip-invalid emits the others."));
        return emitted ? ExitCode.FAILED : ExitCode.USAGE;
    }

    private static void refuseBoth(String first, @Nullable String one, String second, @Nullable String other) {
        if (one != null && other != null) {
            throw usage(first + " and " + second + " do not go together: use one of them.");
        }
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }
}
