package io.hookline.schemas.serde;

import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/**
 * Encodes and decodes one generated record type in the Confluent wire format, under the record name strategy's subject (the
 * record's full name). For the records this system exchanges with itself: strict (left-over bytes are corruption), and fast.
 *
 * <p>Thread-safe. {@link #decode(byte[])} never blocks; {@link #encode} blocks only until the schema's id is known, which {@link
 * #prepare()} sees to beforehand.
 *
 * @param <T> the generated class
 */
public final class RecordCodec<T extends SpecificRecord> {
    private static final ThreadLocal<ArrayEncoder> ENCODER = ThreadLocal.withInitial(ArrayEncoder::new);
    private static final int UNKNOWN_ID = -1;

    static {
        GeneratedClasses.trust();
    }

    private final SchemaRegistryClient registry;
    private final Schema schema;
    private final SpecificDatumWriter<T> writer;
    private final ReaderCache<T> readers;
    private final PlainLists lists;
    private volatile int id = UNKNOWN_ID;

    private RecordCodec(Class<T> type, SchemaRegistryClient registry) {
        this.registry = registry;
        this.schema = SpecificData.get().getSchema(type);
        this.lists = PlainLists.of(schema);
        SpecificData data = SpecificData.getForClass(type);
        this.writer = new SpecificDatumWriter<>(schema, data);
        this.readers = new ReaderCache<>(
                registry, (schemaId, written) -> new ValueReader<>(schemaId, written, schema, data, true));
    }

    /** A codec for {@code type} whose schema ids come from {@code registry}. Asks nothing yet. */
    public static <T extends SpecificRecord> RecordCodec<T> of(Class<T> type, SchemaRegistryClient registry) {
        return new RecordCodec<>(type, registry);
    }

    /** The subject under which the schema is registered. */
    public String subject() {
        return schema.getFullName();
    }

    /** The schema that {@link #encode} writes and {@link #decode} answers with. */
    public Schema schema() {
        return schema;
    }

    /**
     * Registers the schema (or finds it, where {@code auto.register.schemas} is false) and remembers its id. Blocks.
     *
     * @throws io.hookline.schemas.registry.RegistryException refused, or to be tried again later
     */
    public void prepare() {
        id = registry.idFor(subject(), schema);
    }

    /** The id that {@link #encode} writes. Blocks until it is known, as that does. */
    public int schemaId() {
        if (id == UNKNOWN_ID) {
            prepare();
        }
        return id;
    }

    /**
     * The record in the wire format.
     *
     * @throws SerializationException naming the field that does not fit the schema
     */
    public byte[] encode(T record) {
        int known = schemaId();
        ArrayEncoder encoder = ENCODER.get();
        encoder.start(known);
        try {
            writer.write(record, encoder);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(subject() + " cannot be encoded: " + e.getMessage(), e);
        }
        return encoder.finish();
    }

    /** {@link #decode(byte[], int, int)} of all of {@code bytes}. */
    public Decoded<T> decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The record in the {@code length} bytes from {@code offset}, read as {@link #schema()}, or the schema id that is missing.
     * Never blocks.
     *
     * @throws UndecodableException if the bytes are poison
     * @throws io.hookline.schemas.UnsupportedFormatException if a newer release wrote them
     */
    public Decoded<T> decode(byte[] bytes, int offset, int length) {
        Decoded<T> decoded = readers.decode(bytes, offset, length);
        if (decoded instanceof Decoded.Value<T> record) {
            understood(record.value());
        }
        return decoded;
    }

    /**
     * The record in {@code bytes}. Blocks where the schema has to be asked for.
     *
     * @throws UndecodableException if the bytes are poison
     * @throws io.hookline.schemas.UnsupportedFormatException if a newer release wrote them
     * @throws io.hookline.schemas.registry.RegistryException whose {@code poison()} says whether they have to wait
     */
    public T decodeBlocking(byte[] bytes) {
        int written = WireFormat.schemaId(bytes);
        return understood(readers.reader(written).read(bytes, 0, bytes.length));
    }

    private T understood(T record) {
        FormatVersions.check(record);
        lists.in(record);
        return record;
    }

    /** For Kafka's own clients and Streams: {@link #encode} and {@link #decodeBlocking}, null for null. */
    public Serde<T> serde() {
        return new RecordSerde<>(this);
    }
}
