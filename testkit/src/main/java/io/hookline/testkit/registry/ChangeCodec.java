package io.hookline.testkit.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a change: key and value as Confluent's registry writes them in its own {@code _schemas} topic, so that one can later
 * be put on this topic. {@code purged} is ours; Confluent's ignores it.
 */
final class ChangeCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangeCodec() {}

    static byte[] key(Change change) {
        ObjectNode key = JSON.createObjectNode();
        if (change instanceof Change.Version version) {
            key.put("keytype", "SCHEMA")
                    .put("subject", version.subject())
                    .put("version", version.version())
                    .put("magic", 1);
        } else if (change instanceof Change.Level level) {
            key.put("keytype", "CONFIG").put("subject", level.subject()).put("magic", 0);
        }
        return bytes(key);
    }

    static byte @Nullable [] value(Change change) {
        if (change instanceof Change.Version version) {
            ObjectNode value = JSON.createObjectNode()
                    .put("subject", version.subject())
                    .put("version", version.version())
                    .put("id", version.id())
                    .put("schema", version.schema())
                    .put("deleted", version.deleted());
            return bytes(version.purged() ? value.put("purged", true) : value);
        }
        Compatibility level = ((Change.Level) change).level();
        return level == null ? null : bytes(JSON.createObjectNode().put("compatibilityLevel", level.name()));
    }

    /**
     * Reads a record back; empty if it is of a kind that says nothing here.
     *
     * @throws IOException if it is no such record
     */
    static Optional<Change> read(byte @Nullable [] keyBytes, byte @Nullable [] valueBytes) throws IOException {
        if (keyBytes == null) {
            throw new IOException("record without key");
        }
        JsonNode key = JSON.readTree(keyBytes);
        JsonNode value = valueBytes == null ? null : JSON.readTree(valueBytes);
        return switch (key.path("keytype").asText()) {
            case "SCHEMA" -> value == null ? Optional.empty() : Optional.of(version(value));
            case "CONFIG" -> Optional.of(level(key, value));
            case "NOOP" -> Optional.empty();
            default -> throw new IOException("record of kind " + key.path("keytype"));
        };
    }

    private static Change version(JsonNode value) throws IOException {
        for (String field : new String[] {"subject", "version", "id", "schema"}) {
            if (!value.hasNonNull(field)) {
                throw new IOException("schema record without " + field);
            }
        }
        return new Change.Version(
                value.get("subject").asText(),
                value.get("version").asInt(),
                value.get("id").asInt(),
                value.get("schema").asText(),
                value.path("deleted").asBoolean(),
                value.path("purged").asBoolean());
    }

    private static Change level(JsonNode key, @Nullable JsonNode value) throws IOException {
        String subject = key.hasNonNull("subject") ? key.get("subject").asText() : null;
        if (value == null) {
            return new Change.Level(subject, null);
        }
        try {
            return new Change.Level(
                    subject,
                    Compatibility.named(value.path("compatibilityLevel").asText()));
        } catch (RegistryError e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("JSON tree cannot be written", e);
        }
    }
}
