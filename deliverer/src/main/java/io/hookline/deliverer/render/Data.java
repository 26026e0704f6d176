package io.hookline.deliverer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hookline.schemas.serde.AvroJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;

/** An event's data, ready to be written as JSON. */
sealed interface Data {
    /** Writes it as the value that {@code out} expects next; {@code bytes} is what {@code out} writes to. */
    void write(JsonGenerator out, ByteArrayOutputStream bytes) throws IOException;

    /** About how many bytes that will be. */
    int bytesGuess();

    /** JSON text in UTF-8 from {@code start} on, checked. It is written byte for byte. */
    record Text(byte[] bytes, int start) implements Data {
        @Override
        public void write(JsonGenerator out, ByteArrayOutputStream to) throws IOException {
            out.writeRawValue("");
            out.flush();
            to.write(bytes, start, bytes.length - start);
        }

        @Override
        public int bytesGuess() {
            return bytes.length;
        }
    }

    /** An Avro record, with the size it has in Avro. */
    record Avro(GenericRecord record, int avroBytes) implements Data {
        @Override
        public void write(JsonGenerator out, ByteArrayOutputStream to) throws IOException {
            AvroJson.write(record, record.getSchema(), out);
        }

        @Override
        public int bytesGuess() {
            return 2 * avroBytes;
        }
    }
}
