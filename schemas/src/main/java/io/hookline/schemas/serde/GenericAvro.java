package io.hookline.schemas.serde;

import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.UndecodableException.Reason;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Decodes any Avro record in the Confluent wire format, with the schema it was written with. For events, whose types this
 * system does not know beforehand. Thread-safe; nothing here blocks but {@link #decodeBlocking}.
 */
public final class GenericAvro {
    private final ReaderCache<Object> readers;

    private GenericAvro(SchemaRegistryClient registry, ReaderCache.Factory<Object> factory) {
        this.readers = new ReaderCache<>(registry, factory);
    }

    private GenericAvro(SchemaRegistryClient registry, GenericData data) {
        this(registry, (id, schema) -> new ValueReader<>(id, schema, schema, data, false));
    }

    /** As {@link #raw}, but whatever a record was written with, it comes as {@code reader}, by Avro's schema resolution. */
    public static GenericAvro reading(SchemaRegistryClient registry, Schema reader) {
        GenericData data = new GenericData();
        return new GenericAvro(registry, (id, writer) -> new ValueReader<>(id, writer, reader, data, false));
    }

    /** Logical types come as Avro's underlying types: a decimal as {@code ByteBuffer}, a timestamp as {@code Long}. */
    public static GenericAvro raw(SchemaRegistryClient registry) {
        return new GenericAvro(registry, new GenericData());
    }

    /** Logical types come as Java's: {@code BigDecimal}, {@code Instant}, {@code LocalDate}, {@code LocalTime}, {@code UUID}. */
    public static GenericAvro converting(SchemaRegistryClient registry) {
        return new GenericAvro(registry, GenericConversions.DATA);
    }

    /** {@link #decode(byte[], int, int)} of all of {@code bytes}. */
    public Decoded<GenericRecord> decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The record in the {@code length} bytes from {@code offset}, or the schema id that is missing. Never blocks.
     *
     * @throws UndecodableException if the bytes are poison
     */
    public Decoded<GenericRecord> decode(byte[] bytes, int offset, int length) {
        Decoded<Object> decoded = readers.decode(bytes, offset, length);
        return decoded instanceof Decoded.Value<Object> read
                ? new Decoded.Value<>(record(read.value(), read.schemaId()), read.schemaId())
                : new Decoded.NeedsSchema<>(decoded.schemaId());
    }

    /**
     * The record in {@code bytes}. Blocks where the schema has to be asked for.
     *
     * @throws UndecodableException if the bytes are poison
     * @throws io.hookline.schemas.registry.RegistryException whose {@code poison()} says whether they have to wait
     */
    public GenericRecord decodeBlocking(byte[] bytes) {
        int id = WireFormat.schemaId(bytes);
        return record(readers.reader(id).read(bytes, 0, bytes.length), id);
    }

    private static GenericRecord record(Object value, int schemaId) {
        if (value instanceof GenericRecord record) {
            return record;
        }
        throw new UndecodableException(
                Reason.NOT_A_RECORD, "schema id " + schemaId + " is not a record's; an event has to be a record", null);
    }
}
