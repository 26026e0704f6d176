package io.hookline.ops.subscription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.hookline.schemas.JsonFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML or JSON into trees and keeps the line of every field. Several documents a file: YAML's {@code ---}, JSON values one after
 * the other, or a list of documents. Keys given twice, YAML aliases and deep nesting are refused, not guessed at.
 */
final class DocumentReader {
    static final int CHARACTERS_MAX = 256 * 1024 * 1024;
    private static final int DEPTH_MAX = 64;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonFactory YAML = yaml();

    private final String source;
    private final JsonParser parser;
    private final List<ParsedDocument> documents = new ArrayList<>();
    private Map<String, Integer> lines = new HashMap<>();

    /** What a text came to: documents, or the one reason why it has none. */
    sealed interface Result {
        record Documents(List<ParsedDocument> all) implements Result {}

        record Unreadable(Problem why) implements Result {}
    }

    private DocumentReader(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    static Result read(String source, String text) {
        try (JsonParser parser = isJson(source, text) ? JSON.createParser(text) : YAML.createParser(text)) {
            DocumentReader reader = new DocumentReader(source, parser);
            reader.readAll();
            return new Result.Documents(reader.documents);
        } catch (JsonProcessingException e) {
            JsonFault fault = JsonFault.of(e);
            String why = (fault.column() > 0 ? "column " + fault.column() + ": " : "") + fault.text();
            return new Result.Unreadable(new Problem(source, fault.line(), null, "", why));
        } catch (IOException e) {
            return new Result.Unreadable(new Problem(source, 0, null, "", String.valueOf(e.getMessage())));
        }
    }

    private void readAll() throws IOException {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    document();
                }
            } else if (!isNothing()) {
                document();
            }
        }
    }

    /** A YAML document of nothing but comments is an empty text. */
    private boolean isNothing() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL
                || (parser.currentToken() == JsonToken.VALUE_STRING
                        && parser.getText().isEmpty());
    }

    private void document() throws IOException {
        lines = new HashMap<>();
        lines.put("", line());
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "a subscription is a mapping of fields to values, such as 'id: crm'");
        }
        documents.add(new ParsedDocument(source, object("", 0), lines));
    }

    private ObjectNode object(String path, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String inner = path.isEmpty() ? name : path + "." + name;
            if (object.has(name)) {
                throw new JsonParseException(parser, "field '" + inner + "' is given twice");
            }
            lines.put(inner, line());
            parser.nextToken();
            object.set(name, value(inner, depth));
        }
        return object;
    }

    private ArrayNode array(String path, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String inner = path + "[" + array.size() + "]";
            lines.put(inner, line());
            array.add(value(inner, depth));
        }
        return array;
    }

    private JsonNode value(String path, int depth) throws IOException {
        if (depth > DEPTH_MAX) {
            throw new JsonParseException(parser, "more than " + DEPTH_MAX + " levels of nesting at '" + path + "'");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new JsonParseException(
                    parser,
                    "the alias '*" + yaml.getText() + "' at '" + path + "' is not supported: write the value out");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(path, depth + 1);
            case START_ARRAY -> array(path, depth + 1);
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> number(path);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_STRING -> NODES.textNode(parser.getText());
            default -> throw new JsonParseException(parser, "a value is expected at '" + path + "'");
        };
    }

    /** YAML also has infinities and not-a-number, which no field can be. */
    private JsonNode number(String path) throws IOException {
        if (parser.isNaN()) {
            throw new JsonParseException(
                    parser, "'" + parser.getText() + "' at '" + path + "' is not a number that can be used");
        }
        return DecimalNode.valueOf(parser.getDecimalValue());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static boolean isJson(String source, String text) {
        if (source.endsWith(".yaml") || source.endsWith(".yml")) {
            return false;
        }
        String start = text.stripLeading();
        return source.endsWith(".json") || source.endsWith(".ndjson") || start.startsWith("{") || start.startsWith("[");
    }

    private static JsonFactory yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CHARACTERS_MAX);
        options.setNestingDepthLimit(DEPTH_MAX + 2);
        return YAMLFactory.builder().loaderOptions(options).build();
    }
}
