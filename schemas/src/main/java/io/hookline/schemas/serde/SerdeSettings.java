package io.hookline.schemas.serde;

import io.hookline.schemas.registry.RegistrySettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * The configuration keys of {@link AvroSerializer} and {@link AvroDeserializer}: Confluent's names and meanings. The registry's
 * own are in {@link io.hookline.schemas.registry.RegistrySettings}.
 */
public final class SerdeSettings {
    /** Where {@code auto.register.schemas} is false: write with the subject's newest version instead of the record's own schema. */
    public static final String USE_LATEST_VERSION = "use.latest.version";

    /** With {@link #USE_LATEST_VERSION}: refuse a record whose schema the newest version cannot read; true. */
    public static final String LATEST_COMPATIBILITY_STRICT = "latest.compatibility.strict";

    /** With {@link #USE_LATEST_VERSION}: seconds until the newest version is asked for again; -1, never. */
    public static final String LATEST_CACHE_TTL_SEC = "latest.cache.ttl.sec";

    /** {@code TopicNameStrategy} (default), {@code RecordNameStrategy} or {@code TopicRecordNameStrategy}, for keys. */
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";

    /** The same for values. */
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";

    /** Whether to read into generated classes instead of generic records; false. */
    public static final String SPECIFIC_AVRO_READER = "specific.avro.reader";

    /** Whether generic records are read with logical types as Java's types; false. Writing accepts both always. */
    public static final String LOGICAL_TYPE_CONVERTERS = "avro.use.logical.type.converters";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(RegistrySettings.AUTO_REGISTER, ConfigDef.Type.BOOLEAN, true, Importance.MEDIUM, "")
            .define(USE_LATEST_VERSION, ConfigDef.Type.BOOLEAN, false, Importance.LOW, "")
            .define(LATEST_COMPATIBILITY_STRICT, ConfigDef.Type.BOOLEAN, true, Importance.LOW, "")
            .define(LATEST_CACHE_TTL_SEC, ConfigDef.Type.INT, -1, Importance.LOW, "")
            .define(SPECIFIC_AVRO_READER, ConfigDef.Type.BOOLEAN, false, Importance.LOW, "")
            .define(LOGICAL_TYPE_CONVERTERS, ConfigDef.Type.BOOLEAN, false, Importance.LOW, "");

    /** Settings of Confluent's that would change bytes or subjects, and the only value that means what is done here. */
    private static final Map<String, List<String>> UNSUPPORTED = Map.of(
            "use.schema.id", List.of("-1"),
            "schema.reflection", List.of("false"),
            "avro.remove.java.properties", List.of("false"),
            "context.name.strategy", List.of("io.confluent.kafka.serializers.context.NullContextNameStrategy"),
            "key.schema.id.serializer", List.of("io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer"),
            "value.schema.id.serializer", List.of("io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer"));

    private SerdeSettings() {}

    /** Refuses what would be silently done otherwise. */
    static void refuseUnsupported(Map<String, ?> config) {
        UNSUPPORTED.forEach((key, same) -> {
            Object value = config.get(key);
            String text = value instanceof Class<?> type ? type.getName() : String.valueOf(value);
            if (value != null && !same.contains(text)) {
                throw new ConfigException(
                        key, value, "is not supported here: leave it out, or use io.confluent's serializer");
            }
        });
    }
}
