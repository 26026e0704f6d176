package io.hookline.schemas.evolution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro binary as every release writes it, without the header of the wire format. */
final class AvroBytes {
    private AvroBytes() {}

    static byte[] of(SpecificRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        SpecificData data = SpecificData.getForClass(record.getClass());
        new SpecificDatumWriter<>(record.getSchema(), data).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Reads bytes of another release as today's class. */
    static SpecificRecord read(byte[] bytes, Schema writer, Class<? extends SpecificRecord> type) throws IOException {
        SpecificData data = SpecificData.getForClass(type);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        SpecificRecord record =
                new SpecificDatumReader<SpecificRecord>(writer, data.getSchema(type), data).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("Bytes are left over after a " + type.getSimpleName());
        }
        return record;
    }

    /** Whether two records are the same, by their bytes: Avro's lists cannot be compared (see PlainLists). */
    static boolean same(SpecificRecord one, SpecificRecord other) throws IOException {
        return Arrays.equals(of(one), of(other));
    }

    /** The bytes as another release, which knows {@code reader}, reads and writes them again. */
    static byte[] throughAnotherRelease(byte[] bytes, Schema writer, Schema reader) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        Object record = new GenericDatumReader<>(writer, reader).read(null, decoder);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(reader).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
