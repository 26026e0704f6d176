package io.hookline.deliverer.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text to the values that the library works on (maps, lists, texts, numbers, booleans, null) and back. */
final class JsonValues {
    private static final int DEPTH_MAX = 500;
    /** Beyond it a double is not surely the whole number that it looks like. */
    private static final double WHOLE_MAX = 1L << 53;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNameLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private JsonValues() {}

    static @Nullable Object read(byte[] json) throws IOException {
        return MAPPER.readValue(json, Object.class);
    }

    /** A value that shares no map or list with {@code value}. The library's goes over JSON text and rounds whole numbers on the way. */
    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, each) -> copy.put(name, copy(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(copy(each)));
            return copy;
        }
        return value;
    }

    /** The JSON text of a value; of nothing, {@code null}. */
    static byte[] write(@Nullable Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            write(value, out, bytes);
        }
        return bytes.toByteArray();
    }

    private static void write(@Nullable Object value, JsonGenerator out, ByteArrayOutputStream bytes)
            throws IOException {
        if (bytes.size() > TransformLimits.RESULT_BYTES_MAX) {
            throw new LimitException("its result has more than " + TransformLimits.RESULT_BYTES_MAX + " bytes of JSON");
        }
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Number number) {
            write(number, out);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                out.writeFieldName(String.valueOf(each.getKey()));
                write(each.getValue(), out, bytes);
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object each : list) {
                write(each, out, bytes);
            }
            out.writeEndArray();
        } else {
            throw new LimitException("its result holds a function, which is no JSON");
        }
    }

    private static void write(Number number, JsonGenerator out) throws IOException {
        if (number instanceof Integer || number instanceof Long) {
            out.writeNumber(number.longValue());
        } else if (number instanceof BigInteger whole) {
            out.writeNumber(whole);
        } else if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else {
            double real = number.doubleValue();
            if (!Double.isFinite(real)) {
                throw new LimitException("its result holds the number " + real + ", which is no JSON");
            }
            if (real == Math.rint(real) && Math.abs(real) <= WHOLE_MAX) {
                out.writeNumber((long) real);
            } else {
                out.writeNumber(real);
            }
        }
    }
}
