package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.schemas.registry.RegisteredSchema;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/** The Avro schema of an event type: from a file, the newest in the registry, or none. */
final class EventSchemas {
    private static final String LATEST = "latest";

    private final KafkaConnection kafka;
    private final boolean latest;
    private final @Nullable Schema fixed;
    private final Map<String, Schema> known = new HashMap<>();

    /**
     * @param wanted a file, {@code latest}, or null for JSON
     */
    EventSchemas(KafkaConnection kafka, @Nullable String wanted) {
        this.kafka = kafka;
        this.latest = LATEST.equals(wanted);
        this.fixed = wanted == null || latest ? null : parse(wanted);
    }

    Optional<Schema> of(String type) {
        if (latest) {
            return Optional.of(known.computeIfAbsent(type, this::newest));
        }
        return Optional.ofNullable(fixed);
    }

    private Schema newest(String type) {
        String subject = kafka.names().events(type) + "-value";
        return kafka.registry()
                .latest(subject)
                .map(RegisteredSchema::schema)
                .orElseThrow(
                        () -> new CommandException(
                                ExitCode.NOT_FOUND,
                                "The schema registry has no subject '" + subject
                                        + "': give the schema's file with --schema FILE, or leave --schema away to emit JSON."));
    }

    private static Schema parse(String file) {
        try {
            return new Schema.Parser().parse(new File(file));
        } catch (IOException | SchemaParseException e) {
            throw new CommandException(
                    ExitCode.USAGE, "Cannot read an Avro schema from " + file + ": " + e.getMessage());
        }
    }
}
