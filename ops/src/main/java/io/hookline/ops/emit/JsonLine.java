package io.hookline.ops.emit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.schemas.JsonFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Reads one JSON object of one line, numbers exactly, and says at which column it stops being one. */
final class JsonLine {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(200).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonLine() {}

    static ObjectNode parse(byte[] line) throws LineException {
        String text = text(line);
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode node = JSON.readTree(parser);
            if (!(node instanceof ObjectNode object)) {
                throw new LineException(1, "a JSON object is expected, such as {\"order\":1}.");
            }
            JsonToken more = parser.nextToken();
            if (more != null) {
                throw new LineException(
                        parser.currentTokenLocation().getColumnNr(),
                        "one JSON object a line is expected; here begins another value.");
            }
            return object;
        } catch (JsonProcessingException e) {
            JsonFault fault = JsonFault.of(e);
            throw new LineException(fault.column(), fault.text() + ".");
        } catch (IOException e) {
            throw new LineException(0, String.valueOf(e.getMessage()));
        }
    }

    private static String text(byte[] line) throws LineException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            CharBuffer before = CharBuffer.allocate(line.length);
            CoderResult ignored = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line), before, true);
            throw new LineException(before.position() + 1, "this is not UTF-8 text: save the file as UTF-8.");
        }
    }
}
