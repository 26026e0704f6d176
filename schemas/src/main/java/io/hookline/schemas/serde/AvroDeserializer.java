package io.hookline.schemas.serde;

import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The counterpart of {@link AvroSerializer}: reads into generic records with the writer's schema or, with {@code
 * specific.avro.reader}, into the generated class of the writer's name. A string value comes as {@code String}, a bytes value as
 * {@code byte[]}. Thread-safe once configured. Blocks while a schema is fetched for the first time.
 *
 * <p>Every failure is a {@link SerializationException}: an {@link UndecodableException} for poison, or one whose cause is a
 * {@link RegistryException}, which says whether to try again.
 */
public final class AvroDeserializer implements Deserializer<Object> {

    static {
        GeneratedClasses.trust();
    }

    private final boolean ownsRegistry;
    private @Nullable SchemaRegistryClient registry;
    private @Nullable ReaderCache<Object> readers;

    /** For Kafka, which configures it and closes it. */
    public AvroDeserializer() {
        this.ownsRegistry = true;
    }

    /** Shares a client, which is not closed with this; {@link #configure} is still needed. */
    public AvroDeserializer(SchemaRegistryClient registry) {
        this.ownsRegistry = false;
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SerdeSettings.refuseUnsupported(configs);
        AbstractConfig settings = new AbstractConfig(SerdeSettings.DEFINITION, configs, false);
        boolean specific = settings.getBoolean(SerdeSettings.SPECIFIC_AVRO_READER);
        GenericData generic = settings.getBoolean(SerdeSettings.LOGICAL_TYPE_CONVERTERS)
                ? GenericConversions.DATA
                : new GenericData();
        SchemaRegistryClient client = registry == null ? SchemaRegistryClient.create(configs) : registry;
        registry = client;
        readers = new ReaderCache<>(
                client,
                (id, writer) -> specific && named(writer)
                        ? specific(id, writer)
                        : new ValueReader<>(id, writer, writer, generic, false));
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        ReaderCache<Object> configured = readers;
        if (configured == null) {
            throw new IllegalStateException("configure() has not been called");
        }
        int id = WireFormat.schemaId(bytes);
        ValueReader<Object> reader;
        try {
            reader = configured.reader(id);
        } catch (RegistryException e) {
            throw new SerializationException("a value of topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
        return switch (reader.writer().getType()) {
            case BYTES -> Arrays.copyOfRange(bytes, WireFormat.HEADER_BYTES, bytes.length);
            case STRING -> reader.read(bytes, 0, bytes.length).toString();
            default -> reader.read(bytes, 0, bytes.length);
        };
    }

    @Override
    public void close() {
        if (ownsRegistry && registry != null) {
            registry.close();
        }
    }

    private static boolean named(Schema writer) {
        return switch (writer.getType()) {
            case RECORD, ENUM, FIXED -> true;
            default -> false;
        };
    }

    private static ValueReader<Object> specific(int id, Schema writer) {
        Class<?> type = SpecificData.get().getClass(writer);
        if (type == null) {
            throw new SerializationException("there is no class " + writer.getFullName() + " here to read schema id "
                    + id
                    + " into: put the generated class on the class path, or set " + SerdeSettings.SPECIFIC_AVRO_READER
                    + "=false");
        }
        return new ValueReader<>(id, writer, SpecificData.get().getSchema(type), SpecificData.getForClass(type), false);
    }
}
