package io.hookline.deliverer.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** JSON texts of events: checked, and written within {@link Renderer#BODY_BYTES_MAX}. */
final class Json {
    private static final int DEPTH_MAX = 500;

    /** Numbers, names and texts are as long as the event allows; only what nests costs more than its bytes. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private Json() {}

    /** Writes JSON; {@code bytes} is what {@code out} writes to. */
    @FunctionalInterface
    interface Writing {
        void write(JsonGenerator out, ByteArrayOutputStream bytes) throws IOException;
    }

    static byte[] text(int bytesGuess, Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new BoundedBytes(bytesGuess + 128, Renderer.BODY_BYTES_MAX);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            writing.write(out, bytes);
        }
        return bytes.toByteArray();
    }

    /** What {@code text} has from {@code start} on, between {@code before} and {@code after}. */
    static byte[] between(byte[] before, byte[] text, int start, byte[] after) {
        int length = text.length - start;
        BoundedBytes.require((long) before.length + length + after.length, Renderer.BODY_BYTES_MAX);
        byte[] all = Arrays.copyOf(before, before.length + length + after.length);
        System.arraycopy(text, start, all, before.length, length);
        System.arraycopy(after, 0, all, before.length + length, after.length);
        return all;
    }

    /** Requires one JSON value from {@code start} on, and nothing after it. */
    static void check(byte[] text, int start) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text, start, text.length - start)) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "there is no value");
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after the value");
            }
        }
    }
}
