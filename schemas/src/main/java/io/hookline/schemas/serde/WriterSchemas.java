package io.hookline.schemas.serde;

import io.hookline.schemas.registry.RegisteredSchema;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Decides which registered schema a value is written with: its own, registered or only looked up, or the subject's newest.
 *
 * <p>Precedence as in Confluent's serializer: {@code auto.register.schemas} before {@code use.latest.version}. To write with a
 * newest version that is not the value's own, the value is resolved to it by Avro's rules; Confluent's serializer writes by field
 * position instead, which comes to the same where it works at all.
 */
final class WriterSchemas {

    /** @param own the value's schema; same as {@code schema} unless the newest version is used */
    record Target(int id, Schema schema, Schema own) {

        /** The value as one of {@link #schema()}. */
        Object project(Object value) throws IOException {
            if (own.equals(schema) || value instanceof byte[] || value instanceof ByteBuffer) {
                return value;
            }
            ArrayEncoder scratch = new ArrayEncoder();
            scratch.start(0);
            DatumWriter<Object> writer = value instanceof SpecificRecord
                    ? new SpecificDatumWriter<>(own, SpecificData.getForClass(value.getClass()))
                    : new GenericDatumWriter<>(own, GenericConversions.DATA);
            writer.write(value, scratch);
            byte[] bytes = scratch.finish();
            return new GenericDatumReader<>(own, schema, new GenericData())
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(
                                            bytes,
                                            WireFormat.HEADER_BYTES,
                                            bytes.length - WireFormat.HEADER_BYTES,
                                            null));
        }
    }

    private record Latest(RegisteredSchema version, long askedNanos) {}

    private static final int SUBJECTS_MAX = 1_000;

    private final SchemaRegistryClient registry;
    private final boolean register;
    private final boolean latest;
    private final boolean strict;
    private final long ttlNanos;
    private final LongSupplier nanos;
    private final ConcurrentMap<String, Latest> newest = new ConcurrentHashMap<>();

    private WriterSchemas(SchemaRegistryClient registry, AbstractConfig config, LongSupplier nanos) {
        int ttlSec = config.getInt(SerdeSettings.LATEST_CACHE_TTL_SEC);
        this.registry = registry;
        this.register = config.getBoolean(RegistrySettings.AUTO_REGISTER);
        this.latest = !register && config.getBoolean(SerdeSettings.USE_LATEST_VERSION);
        this.strict = config.getBoolean(SerdeSettings.LATEST_COMPATIBILITY_STRICT);
        this.ttlNanos = ttlSec < 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(ttlSec);
        this.nanos = nanos;
    }

    static WriterSchemas of(SchemaRegistryClient registry, AbstractConfig config, LongSupplier nanos) {
        return new WriterSchemas(registry, config, nanos);
    }

    /** Blocks unless the answer is cached. */
    Target writeWith(String subject, Schema own) {
        if (!latest) {
            int id = register ? registry.register(subject, own) : registry.registered(subject, own);
            return new Target(id, own, own);
        }
        RegisteredSchema version = newest(subject);
        if (strict && !reads(version.schema(), own)) {
            throw new SerializationException("version " + version.version() + ", the newest of subject \"" + subject
                    + "\", cannot read a " + own.getFullName()
                    + " of the schema given: use a compatible schema, or set "
                    + SerdeSettings.LATEST_COMPATIBILITY_STRICT + "=false");
        }
        return new Target(version.id(), version.schema(), own);
    }

    private RegisteredSchema newest(String subject) {
        Latest known = newest.get(subject);
        long now = nanos.getAsLong();
        if (known != null && now - known.askedNanos < ttlNanos) {
            return known.version;
        }
        RegisteredSchema version = registry.latest(subject)
                .orElseThrow(() -> new SerializationException("subject \"" + subject + "\" has no version yet; "
                        + SerdeSettings.USE_LATEST_VERSION + " needs one: register a schema first"));
        if (newest.size() >= SUBJECTS_MAX) {
            newest.clear();
        }
        newest.put(subject, new Latest(version, now));
        return version;
    }

    private static boolean reads(Schema reader, Schema writer) {
        return reader.equals(writer)
                || SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                .getType()
                        == SchemaCompatibilityType.COMPATIBLE;
    }
}
