package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of events against Jackson: it must take and refuse the same texts, and see the same values. */
class JsonEventViewTest {
    private static final EventAttributes NONE = EventAttributes.of("t", "s");
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern LARGE_EXPONENT = Pattern.compile("[eE][+-]?[0-9]{4}");
    private static final List<FieldPath> PATHS = List.of(
            FieldPath.data(),
            FieldPath.data("a"),
            FieldPath.data("a", "a"),
            FieldPath.data("a", "b"),
            FieldPath.data("b"),
            FieldPath.data("b", "c", "a"),
            FieldPath.data("c", "c"),
            FieldPath.data("é\n"),
            FieldPath.data("none"));
    private static final FieldPlan PLAN = FieldPlan.of(PATHS);
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\"a\"",
        "\"b\":",
        "\"\\u0061\":",
        "\"\\u00e9\\n\":",
        "true",
        "false",
        "null",
        "0",
        "-",
        "1.5",
        "e",
        "E+2",
        "\\u",
        "\\ud83d\\ude00",
        "\\n",
        " ",
        "\n",
        "\t",
        "\u0001",
        "/",
        "x",
        "12345678901234567890",
        "\u007f"
    };

    private static List<String> ours(byte[] json, FieldPath path) {
        List<String> values = new ArrayList<>();
        new JsonEventView(NONE, json, PLAN).any(path, value -> {
            values.add(value.toString());
            return false;
        });
        values.sort(null);
        return values;
    }

    @Property(tries = 6_000, edgeCases = EdgeCasesMode.NONE)
    void shouldTakeAndSeeWhatJacksonDoes(@ForAll Random random) throws IOException {
        Patterns some = new Patterns(random, Patterns.ANY_NUMBERS);
        String text = damage(Patterns.json(some.event().get("data")), random);
        Assume.that(!LARGE_EXPONENT.matcher(text).find()); // Jackson fails on some, at times not as it says it would
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        JsonNode tree;
        try {
            tree = JACKSON.readTree(json);
        } catch (JsonProcessingException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.contains("surrogate")) { // JSON by its grammar; Jackson takes it in values but not in names
                refuses(text, why);
            }
            return;
        }
        if (tree.isMissingNode()) {
            refuses(text, "empty");
            return;
        }
        for (FieldPath path : PATHS) {
            List<String> expected = new ArrayList<>();
            collect(tree, path.steps(), expected);
            expected.sort(null);
            assertThat(ours(json, path)).as("%s of %s", path, text).isEqualTo(expected);
        }
    }

    private static void refuses(String text, String why) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowable(() -> ours(json, PATHS.get(0))))
                .as("Jackson refuses %s: %s", text, why)
                .isInstanceOf(UnreadableEventException.class);
    }

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), at + random.nextInt(3));
            damaged.replace(at, to, random.nextInt(4) == 0 ? "" : PIECES[random.nextInt(PIECES.length)]);
        }
        return damaged.toString();
    }

    private static void collect(JsonNode node, List<String> steps, List<String> values) {
        if (node.isArray()) {
            node.forEach(item -> collect(item, steps, values));
        } else if (!steps.isEmpty()) {
            JsonNode child = node.get(steps.get(0));
            if (child != null) {
                collect(child, steps.subList(1, steps.size()), values);
            }
        } else if (!node.isObject()) {
            values.add(
                    node.isTextual()
                            ? Json.quote(node.textValue())
                            : node.isNumber() ? Decimal.of(node.decimalValue()).toString() : node.asText());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{1:1}",
                "{a:1}",
                "01",
                "-",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "+1",
                "0x1",
                "NaN",
                "Infinity",
                "tru",
                "truex",
                "nul",
                "\"",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\t\"",
                "1 2",
                "{} {}",
                "[]]",
                "'a'",
                "//\n1",
                "1,",
                "\"a\" \"b\"",
                "{\"a\" 1}",
                "[1 2]",
                "\u00a01",
                "\u0001"
            })
    void shouldRefuseWhatIsNotJson(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ours(json, FieldPath.data())).isInstanceOf(UnreadableEventException.class);
        byte[] skipped = ("{\"skipped\": [" + text).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ours(skipped, FieldPath.data())).isInstanceOf(UnreadableEventException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "\\u0041\\n\\"\\\\\\/"   | "A\\n\\"\\\\/"
            "\\ud83d\\ude00é日"      | "😀é日"
            "\\ud83d"               | "\ud83d"
            -0                      | 0
            -12.50                  | -12.5
            1E+2                    | 100
            123456789012345678      | 123456789012345678
            1234567890123456789     | 1234567890123456789
            0.12345678901234567890  | 0.1234567890123456789
            [ true , [ null ] ]     | null,true
            """)
    void shouldReadEveryKindOfScalar(String json, String expected) {
        assertThat(String.join(",", ours(json.getBytes(StandardCharsets.UTF_8), FieldPath.data())))
                .isEqualTo(expected);
    }

    @Test
    void shouldReadOnlyItsPartOfTheBytes() {
        byte[] bytes = "xx{\"a\": 1}xx".getBytes(StandardCharsets.UTF_8);
        EventView view = new JsonEventView(NONE, bytes, 2, 8, PLAN);
        assertThat(view.any(FieldPath.data("a"), Decimal.of(1)::equals)).isTrue();
        EventView cut = new JsonEventView(NONE, bytes, 2, 7, PLAN);
        assertThatThrownBy(() -> cut.any(FieldPath.data("a"), value -> true)).hasMessageContaining("its end");
    }

    @Test
    void shouldReadPastAByteOrderMark() {
        assertThat(ours("\uFEFF{\"a\": 1}".getBytes(StandardCharsets.UTF_8), FieldPath.data("a")))
                .containsExactly("1");
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8WhereItIsRead() {
        byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};
        assertThatThrownBy(() -> ours(bytes, FieldPath.data("a"))).hasMessageContaining("not UTF-8");
    }

    @Test
    void shouldRefuseNumbersOfMoreThanAThousandCharacters() {
        assertThat(ours("1".repeat(1_000).getBytes(StandardCharsets.UTF_8), FieldPath.data()))
                .hasSize(1);
        assertThatThrownBy(() -> ours("1".repeat(1_001).getBytes(StandardCharsets.UTF_8), FieldPath.data()))
                .hasMessageContaining("at most 1000");
    }

    @Test
    void shouldCountANameThatOccursTwiceWithItsLastValue() {
        byte[] json = "{\"a\": {\"a\": 1, \"b\": 2}, \"b\": [{\"c\": {\"a\": 1}}], \"a\": {\"b\": 3}, \"b\": 4}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(ours(json, FieldPath.data("a", "a"))).isEmpty();
        assertThat(ours(json, FieldPath.data("a", "b"))).containsExactly("3");
        assertThat(ours(json, FieldPath.data("b", "c", "a"))).isEmpty();
        assertThat(ours(json, FieldPath.data("b"))).containsExactly("4");
    }
}
