package io.hookline.schemas.serde;

import io.hookline.schemas.serde.UndecodableException.Reason;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was written with one schema as another. Immutable; any thread, each with a decoder of its own.
 *
 * <p>The resolution of the two schemas is done once, here, by Avro's {@link FastReaderBuilder}; one builder a reader, because
 * a shared builder's cache is neither safe for threads that add to it nor ever emptied.
 */
final class ValueReader<T> {
    private static final ThreadLocal<BinaryDecoder> DECODER =
            ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(new byte[0], null));

    private final int schemaId;
    private final Schema writer;
    private final Schema reader;
    private final boolean whole;
    private final @Nullable DatumReader<T> read;
    private final @Nullable Throwable unresolvable;

    /** @param whole whether bytes left over after the value make it corrupt */
    ValueReader(int schemaId, Schema writer, Schema reader, GenericData data, boolean whole) {
        this.schemaId = schemaId;
        this.writer = writer;
        this.reader = reader;
        this.whole = whole;
        DatumReader<T> resolved = null;
        Throwable failure = null;
        try {
            resolved = new FastReaderBuilder(data).createDatumReader(writer, reader);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            failure = e;
        }
        this.read = resolved;
        this.unresolvable = failure;
    }

    int schemaId() {
        return schemaId;
    }

    Schema writer() {
        return writer;
    }

    /** @param offset of the header */
    T read(byte[] bytes, int offset, int length) {
        if (read == null) {
            throw undecodable(unresolvable);
        }
        int from = offset + WireFormat.HEADER_BYTES;
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, from, length - WireFormat.HEADER_BYTES, DECODER.get());
        T value;
        boolean ended;
        try {
            value = read.read(null, decoder);
            ended = !whole || decoder.isEnd();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw undecodable(e);
        }
        if (!ended) {
            throw new UndecodableException(
                    Reason.CORRUPT,
                    "bytes are left over after a value of schema id " + schemaId + " (" + writer.getFullName() + ")",
                    null);
        }
        return value;
    }

    private UndecodableException undecodable(@Nullable Throwable cause) {
        boolean compatible = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
        String why = cause == null
                ? ""
                : cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return compatible
                ? new UndecodableException(
                        Reason.CORRUPT,
                        "the bytes do not fit schema id " + schemaId + " (" + writer.getFullName() + "): " + why,
                        cause)
                : new UndecodableException(
                        Reason.INCOMPATIBLE_SCHEMA,
                        "schema id " + schemaId + " (" + writer.getFullName() + ") cannot be read as "
                                + reader.getFullName() + ": " + why,
                        cause);
    }
}
