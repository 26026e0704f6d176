package io.hookline.router.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a pattern's JSON text into {@link Json}, within the limits. Any thread. */
final class JsonReader {
    private static final int UTF8_BYTES_A_CHAR_MAX = 3;

    private final FilterLimits limits;
    private final JsonFactory factory;

    JsonReader(FilterLimits limits) {
        this.limits = limits;
        // The text is already bounded in bytes, so no token can exceed these; nesting is checked here, to name the
        // limit.
        this.factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depthMax() + 1)
                        .maxNumberLength(limits.bytesMax())
                        .build())
                .build();
    }

    /** The JSON in {@code text}, or null if there is none, having said why. */
    @Nullable
    Json read(String text, Problems problems) {
        int bytes = bytes(text);
        if (bytes > limits.bytesMax()) {
            problems.limit(Place.TOP, bytes + " bytes", "bytesMax", limits.bytesMax(), "bytes of JSON");
            return null;
        }
        try (JsonParser parser = factory.createParser(text)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                problems.add(Place.TOP, "nothing", "a JSON object");
                return null;
            }
            Json json = value(parser, token, 1, problems);
            if (json != null && parser.nextToken() != null) {
                problems.add(
                        Place.TOP,
                        "more text at column " + parser.currentTokenLocation().getColumnNr(),
                        "one JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            problems.add(Place.TOP, "malformed JSON" + where, "a JSON object (" + e.getOriginalMessage() + ")");
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("reading a string cannot fail", e);
        }
    }

    /** How many bytes the text has in UTF-8; its length instead, where that decides already. */
    private int bytes(String text) {
        boolean isSure =
                text.length() > limits.bytesMax() || text.length() <= limits.bytesMax() / UTF8_BYTES_A_CHAR_MAX;
        return isSure ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private @Nullable Json value(JsonParser parser, JsonToken token, int depth, Problems problems) throws IOException {
        if (token.isStructStart() && depth > limits.depthMax()) {
            problems.limit(
                    Place.TOP,
                    "deeper nesting at column " + parser.currentTokenLocation().getColumnNr(),
                    "depthMax",
                    limits.depthMax(),
                    "levels");
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object(parser, depth, problems);
            case START_ARRAY -> array(parser, depth, problems);
            case VALUE_STRING -> new Json.Scalar(new Value.Text(parser.getText()));
            case VALUE_TRUE -> new Json.Scalar(Value.Bool.TRUE);
            case VALUE_FALSE -> new Json.Scalar(Value.Bool.FALSE);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            default -> new Json.Scalar(Value.Null.NULL);
        };
    }

    private @Nullable Json object(JsonParser parser, int depth, Problems problems) throws IOException {
        List<Json.Member> members = new ArrayList<>();
        String name;
        while ((name = parser.nextFieldName()) != null) {
            Json value = value(parser, parser.nextToken(), depth + 1, problems);
            if (value == null) {
                return null;
            }
            members.add(new Json.Member(name, value));
        }
        return new Json.Obj(members);
    }

    private @Nullable Json array(JsonParser parser, int depth, Problems problems) throws IOException {
        List<Json> items = new ArrayList<>();
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            Json value = value(parser, token, depth + 1, problems);
            if (value == null) {
                return null;
            }
            items.add(value);
        }
        return new Json.Arr(items);
    }

    private Json number(String text) {
        if (text.length() > limits.numberDigitsMax() + 16) {
            return new Json.Oversized(text);
        }
        Decimal value = Decimal.parse(text);
        boolean fits = value.precision() <= limits.numberDigitsMax()
                && Math.abs(value.magnitude()) <= limits.numberExponentMax();
        return fits ? new Json.Scalar(value) : new Json.Oversized(text);
    }
}
