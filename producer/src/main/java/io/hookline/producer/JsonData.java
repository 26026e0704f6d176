package io.hookline.producer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hookline.schemas.JsonFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON data as the bytes that are sent: UTF-8, one object, nothing after it, no name twice. Text is sent exactly as it was given. */
final class JsonData {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonData() {}

    /** Whether the class of the data is one that is taken as JSON. */
    static boolean isJson(Object data) {
        return data instanceof JsonNode
                || data instanceof Map<?, ?>
                || data instanceof String
                || data instanceof byte[]
                || data instanceof ByteBuffer;
    }

    /**
     * @param type for messages
     * @throws InvalidEventException naming line and column of what is not JSON
     */
    static byte[] bytes(String type, Object data) {
        byte[] bytes = encode(type, data);
        check(type, text(type, bytes));
        return bytes;
    }

    private static byte[] encode(String type, Object data) {
        if (data instanceof byte[] bytes) {
            return bytes.clone();
        } else if (data instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        } else if (data instanceof String text) {
            return utf8(type, text);
        }
        try {
            return MAPPER.writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new InvalidEventException(
                    "Event of type '" + type + "' cannot be written as JSON: "
                            + JsonFault.of(e).text(),
                    e);
        }
    }

    private static byte[] utf8(String type, String text) {
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new InvalidEventException(
                    "Event of type '" + type
                            + "' has half a surrogate pair in its JSON text: such a string has no UTF-8 form.",
                    e);
        }
    }

    private static String text(String type, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidEventException("Event of type '" + type + "' is not JSON text in UTF-8.", e);
        }
    }

    private static void check(String type, String text) {
        try (JsonParser parser = STRICT.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidEventException("Event of type '" + type + "' is empty: its data is a JSON object.");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new InvalidEventException("Event of type '" + type + "' is " + shortened(text)
                        + ": its data is a JSON object, such as {\"orderId\": \"1\"}.");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                JsonLocation at = parser.currentTokenLocation();
                throw invalid(
                        type, new JsonFault(at.getLineNr(), at.getColumnNr(), "something follows the object"), null);
            }
        } catch (JsonProcessingException e) {
            throw invalid(type, JsonFault.of(e), e);
        } catch (IOException e) {
            throw new InvalidEventException("Event of type '" + type + "' is not JSON: " + e.getMessage(), e);
        }
    }

    private static InvalidEventException invalid(String type, JsonFault fault, @Nullable Exception cause) {
        return new InvalidEventException("Event of type '" + type + "' is not JSON" + fault.atAndWhat(), cause);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
