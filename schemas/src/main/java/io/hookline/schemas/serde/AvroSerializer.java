package io.hookline.schemas.serde;

import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka serializer of Avro in the Confluent wire format. Configured by Confluent's own keys ({@link SerdeSettings}, {@link
 * io.hookline.schemas.registry.RegistrySettings}) and byte-compatible, so that {@code
 * io.confluent.kafka.serializers.KafkaAvroSerializer} can take its place by {@code value.serializer} alone, or it theirs.
 *
 * <p>Takes generated and generic records, and as whole values null, Boolean, Integer, Long, Float, Double, CharSequence, byte[]
 * and ByteBuffer (the last two are written raw after the header, as Confluent does). Logical types may come as Java's types or as
 * Avro's. Thread-safe once configured. Blocks while a schema is registered for the first time.
 *
 * <p>Every failure is a {@link SerializationException}; where the registry is at fault its cause is a {@link RegistryException}.
 */
public final class AvroSerializer implements Serializer<Object> {
    private static final ThreadLocal<ArrayEncoder> ENCODER = ThreadLocal.withInitial(ArrayEncoder::new);

    static {
        GeneratedClasses.trust();
    }

    private final boolean ownsRegistry;
    private @Nullable SchemaRegistryClient registry;
    private @Nullable WriterSchemas schemas;
    private SubjectNaming naming = SubjectNaming.TOPIC;
    private boolean key;

    /** For Kafka, which configures it and closes it. */
    public AvroSerializer() {
        this.ownsRegistry = true;
    }

    /** Shares a client, which is not closed with this; {@link #configure} is still needed. */
    public AvroSerializer(SchemaRegistryClient registry) {
        this.ownsRegistry = false;
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SerdeSettings.refuseUnsupported(configs);
        String strategy = isKey ? SerdeSettings.KEY_SUBJECT_NAME_STRATEGY : SerdeSettings.VALUE_SUBJECT_NAME_STRATEGY;
        key = isKey;
        naming = SubjectNaming.of(strategy, configs.get(strategy));
        SchemaRegistryClient client = registry == null ? SchemaRegistryClient.create(configs) : registry;
        registry = client;
        schemas = WriterSchemas.of(
                client, new AbstractConfig(SerdeSettings.DEFINITION, configs, false), System::nanoTime);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        WriterSchemas configured = schemas;
        if (configured == null) {
            throw new IllegalStateException("configure() has not been called");
        }
        Schema schema = DatumSchema.of(value);
        String subject = naming.subject(topic, key, schema);
        try {
            return write(configured.writeWith(subject, schema), value);
        } catch (RegistryException e) {
            throw new SerializationException(
                    "no schema id for " + schema.getFullName() + " of topic " + topic + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    schema.getFullName() + " cannot be written to topic " + topic + ": " + e.getMessage(), e);
        }
    }

    private static byte[] write(WriterSchemas.Target target, Object value) throws IOException {
        ArrayEncoder encoder = ENCODER.get();
        encoder.start(target.id());
        Object datum = target.project(value);
        if (datum instanceof byte[] bytes) {
            encoder.writeFixed(bytes, 0, bytes.length);
        } else if (datum instanceof ByteBuffer bytes) {
            encoder.writeFixed(bytes);
        } else {
            writer(target.schema(), datum).write(datum, encoder);
        }
        return encoder.finish();
    }

    private static DatumWriter<Object> writer(Schema schema, Object datum) {
        return datum instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(datum.getClass()))
                : new GenericDatumWriter<>(schema, GenericConversions.DATA);
    }

    @Override
    public void close() {
        if (ownsRegistry && registry != null) {
            registry.close();
        }
    }
}
