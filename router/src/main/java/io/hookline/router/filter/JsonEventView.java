package io.hookline.router.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * An event whose payload is JSON in UTF-8. A name that occurs twice in an object counts with its last value. Limits: 1,000 levels of
 * nesting, 1,000 digits a number, 20,000,000 characters a string; beyond them the event is unreadable.
 */
public final class JsonEventView extends EventView {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(1_000)
                    .maxStringLength(20_000_000)
                    .build())
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private final byte[] bytes;
    private final int offset;
    private final int length;

    /** A view of the JSON text in {@code length} bytes from {@code offset}; the bytes must not change while it is used. */
    public JsonEventView(EventAttributes attributes, byte[] bytes, int offset, int length, FieldPlan plan) {
        super(attributes, plan);
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** A view of the JSON text {@code bytes}. */
    public JsonEventView(EventAttributes attributes, byte[] bytes, FieldPlan plan) {
        this(attributes, bytes, 0, bytes.length, plan);
    }

    @Override
    Scope read() {
        Scope scope = new Scope(0, plan().size());
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new UnreadableEventException("the payload is empty, expected a JSON value");
            }
            value(parser, token, plan().root(), scope);
            if (parser.nextToken() != null) {
                throw new UnreadableEventException("the payload has more after its JSON value, at byte "
                        + parser.currentTokenLocation().getByteOffset());
            }
            return scope;
        } catch (IOException e) {
            throw new UnreadableEventException("the payload is not JSON: " + e.getMessage(), e);
        }
    }

    private static void value(JsonParser parser, JsonToken token, FieldPlan.Node node, Scope scope) throws IOException {
        switch (token) {
            case START_OBJECT -> object(parser, node, scope);
            case START_ARRAY -> array(parser, node, scope);
            default -> {
                if (node.leaf() >= 0) {
                    scope.set(node.leaf(), scalar(parser, token));
                }
            }
        }
    }

    private static void object(JsonParser parser, FieldPlan.Node node, Scope scope) throws IOException {
        if (node.children().isEmpty()) {
            parser.skipChildren();
            return;
        }
        String name;
        while ((name = parser.nextFieldName()) != null) {
            FieldPlan.Node child = node.child(name);
            JsonToken token = parser.nextToken();
            if (child != null) {
                scope.clear(child);
                value(parser, token, child, scope);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void array(JsonParser parser, FieldPlan.Node node, Scope scope) throws IOException {
        Scope.Elements elements = null;
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                Scope element = new Scope(node.low(), node.high());
                value(parser, token, node, element);
                if (!element.isEmpty()) {
                    elements = elements == null ? new Scope.Elements(node.low(), node.high()) : elements;
                    elements.scopes.add(element);
                }
            } else if (node.leaf() >= 0) {
                scope.add(node.leaf(), scalar(parser, token));
            }
        }
        if (elements != null) {
            scope.add(elements);
        }
    }

    private static Value scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> new Value.Text(parser.getText());
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case VALUE_NULL -> Value.Null.NULL;
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> Decimal.of(parser.getLongValue());
                    default -> Decimal.of(new BigDecimal(parser.getBigIntegerValue()));
                };
            case VALUE_NUMBER_FLOAT ->
                Decimal.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            default -> throw new UnreadableEventException("unexpected " + token + " in the payload");
        };
    }
}
