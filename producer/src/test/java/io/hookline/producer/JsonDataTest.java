package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDataTest {
    @Test
    void shouldSendTextExactlyAsItWasGiven() {
        String text = " { \"amount\" : 1.10, \"name\":\"Ä\\u0041\" }\n";
        assertThat(text(text)).isEqualTo(text);
        assertThat(text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(text(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))).isEqualTo(text);
    }

    @Test
    void shouldNotShareTheCallersBytes() {
        byte[] given = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        byte[] sent = JsonData.bytes("t", given);
        given[5] = '2';
        assertThat(new String(sent, StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
    }

    @Test
    void shouldWriteMapsAndTrees() {
        assertThat(text(Map.of("items", List.of(1, "x")))).isEqualTo("{\"items\":[1,\"x\"]}");
        assertThat(text(JsonNodeFactory.instance.objectNode().put("a", 1L))).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1                | line 1, column 7",
                "{\"a\":                 | line 1, column 6",
                "{'a':1}                 | line 1, column 2",
                "{\"a\":1,}              | line 1, column 8",
                "{\"a\":NaN}             | line 1, column",
                "{\"a\":01}              | line 1, column",
                "{\"a\":1} x             | line 1, column",
                "{\"a\":1}{\"b\":2}      | something follows the object",
                "{\"a\":1,\"a\":2}       | Duplicate field 'a'",
                "{\"a\":{\"b\":1,\"b\":2}} | Duplicate field 'b'",
                "hello                   | line 1, column",
                "`[1,2]`                 | is [1,2]: its data is a JSON object",
                "`\"{}\"`                | its data is a JSON object",
                "null                    | is null: its data is a JSON object",
                "``                      | is empty",
                "`   `                   | is empty",
                "`\uFEFF{}`              | line 1, column 1",
            })
    void shouldSayWhereTextIsNotAnObject(String text, String message) {
        assertRefused(text, message);
    }

    @Test
    void shouldCountLines() {
        assertRefused("{\n  \"a\": 1,\n  oops\n}", "line 3, column 3");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        assertRefused(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}, "not JSON text in UTF-8");
        assertRefused("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE), "is not JSON at line 1");
        assertRefused("{\"a\":\"\uD800\"}", "half a surrogate pair");
    }

    @Test
    void shouldRefuseNestingThatNoReaderTakes() {
        assertRefused("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}", "nesting depth");
    }

    @Test
    void shouldRefuseWhatJsonCannotSay() {
        assertRefused(Map.of("a", Double.NaN), "NaN");
        assertRefused(Map.of("a", new Object()), "cannot be written as JSON");
        Map<String, Object> itself = new HashMap<>();
        itself.put("me", itself);
        assertRefused(itself, "cannot be written as JSON");
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        assertRefused(nullKey, "cannot be written as JSON");
        assertRefused(TextNode.valueOf("x"), "its data is a JSON object");
    }

    private static String text(Object data) {
        return new String(JsonData.bytes("order_created", data), StandardCharsets.UTF_8);
    }

    private static void assertRefused(Object data, String message) {
        assertThatThrownBy(() -> JsonData.bytes("order_created", data))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("Event of type 'order_created' ")
                .hasMessageContaining(message);
    }
}
