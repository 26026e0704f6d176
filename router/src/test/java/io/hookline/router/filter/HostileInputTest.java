package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing but a result or a named error comes of any pattern and any event, and none takes long. */
class HostileInputTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String[] PATTERNS = {
        "{\"type\": [\"a\"], \"data\": {\"a\": [1, {\"numeric\": [\">\", 0, \"<=\", 5.5e3]}], \"b\": {\"$or\": [{\"c\": [null]}, {\"d\": [true]}]}}}",
        "{\"data\": {\"a\": [{\"anything-but\": {\"wildcard\": [\"a*\\\\*b\", \"*\"]}}, {\"cidr\": \"10.0.0.0/8\"}, {\"exists\": false}]}}",
        "{\"$or\": [{\"source\": [{\"prefix\": {\"equals-ignore-case\": \"é\"}}]}, {\"data\": [{\"suffix\": \"\\ud83d\"}]}]}",
    };
    private static final String EVENT =
            "{\"a\": [1, -2.5e-3, {\"b\": [[null, true], {\"c\": \"x\\u00e9\\ud83d\\ude00\"}]}], \"b\": {\"c\": 1}, \"c\": \"\"}";
    private static final Filter EVERYWHERE =
            parse("{\"data\": {\"a\": {\"b\": {\"c\": [1]}, \"c\": [2]}, \"b\": {\"c\": [3]}, \"c\": [\"x\"]}}");
    private static final EventAttributes NONE = EventAttributes.of("t", "s");

    private static Filter parse(String pattern) {
        try {
            return Filter.parse(pattern);
        } catch (InvalidFilterException e) {
            throw new AssertionError(e);
        }
    }

    private static EventView view(Filter filter, byte[] data) {
        return new JsonEventView(NONE, data, FieldPlan.ofFilters(List.of(filter)));
    }

    @Property(tries = 8_000, edgeCases = EdgeCasesMode.NONE)
    void shouldRefuseOrCompileAnyDamagedPattern(@ForAll Random random) {
        byte[] damaged = damage(PATTERNS[random.nextInt(PATTERNS.length)].getBytes(StandardCharsets.UTF_8), random);
        FilterParser.Result result = new FilterParser().parse(new String(damaged, StandardCharsets.UTF_8));
        if (result instanceof FilterParser.Result.Valid valid) {
            valid.filter().matches(view(valid.filter(), EVENT.getBytes(StandardCharsets.UTF_8)));
        } else {
            assertThat(((FilterParser.Result.Invalid) result).problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> {
                        assertThat(problem.expected()).isNotBlank();
                        assertThat(problem.toString()).hasSizeLessThan(2_000);
                    });
        }
    }

    @Property(tries = 2_000)
    void shouldRefuseAnyText(@ForAll String text) {
        assertThat(new FilterParser().parse(text)).isInstanceOf(FilterParser.Result.Invalid.class);
    }

    @Property(tries = 8_000, edgeCases = EdgeCasesMode.NONE)
    void shouldReadOrRefuseAnyDamagedEvent(@ForAll Random random) {
        byte[] damaged = damage(EVENT.getBytes(StandardCharsets.UTF_8), random);
        try {
            EVERYWHERE.explain(view(EVERYWHERE, damaged));
        } catch (UnreadableEventException e) {
            assertThat(e).hasMessageMatching("(?s).*payload.*");
        }
    }

    /** A few bytes changed, dropped, doubled or swapped with others of the same text. */
    static byte[] damage(byte[] text, Random random) {
        byte[] bytes = text.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 1; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                case 2 -> bytes = concat(bytes, 0, at, at + 1 + random.nextInt(Math.min(8, bytes.length - at)));
                case 3 -> bytes = concat(bytes, 0, at, Math.max(0, at - random.nextInt(12)));
                default -> bytes = concat(bytes, 0, at, bytes.length);
            }
        }
        return bytes;
    }

    private static byte[] concat(byte[] bytes, int from, int to, int then) {
        byte[] result = new byte[to - from + bytes.length - then];
        System.arraycopy(bytes, from, result, 0, to - from);
        System.arraycopy(bytes, then, result, to - from, bytes.length - then);
        return result;
    }

    static Stream<Arguments> excesses() {
        String fields =
                IntStream.range(0, 65).mapToObj(i -> "\"f" + i + "\": [1]").collect(Collectors.joining(","));
        String or = "[" + "{\"a\": [1]},".repeat(64) + "{\"a\": [1]}]";
        String ors = IntStream.range(0, 20)
                .mapToObj(i -> "\"n" + i + "\": {\"$or\": [{\"a\": [1]}, {\"b\": [1]}, {\"c\": [1]}]}")
                .collect(Collectors.joining(","));
        String thousands = IntStream.range(0, 3)
                .mapToObj(i -> "\"f" + i + "\": [1" + ", 1".repeat(400) + "]")
                .collect(Collectors.joining(","));
        Map<String, String> byLimit = Map.ofEntries(
                Map.entry("bytesMax", "{\"data\": {\"a\": [\"" + "x".repeat(40_000) + "\"]}}"),
                Map.entry("depthMax", "{\"data\":" + "{\"a\":".repeat(30) + "[1]" + "}".repeat(31)),
                Map.entry("fieldsMax", "{\"data\": {" + fields + "}}"),
                Map.entry("valuesPerFieldMax", "{\"data\": {\"a\": [1" + ", 1".repeat(500) + "]}}"),
                Map.entry("valuesMax", "{\"data\": {" + thousands + "}}"),
                Map.entry("orBranchesMax", "{\"data\": {\"$or\": " + or + "}}"),
                Map.entry("orCombinationsMax", "{\"data\": {" + ors + "}}"),
                Map.entry("textCharsMax", "{\"data\": {\"a\": [\"" + "x".repeat(1_025) + "\"]}}"),
                Map.entry(
                        "wildcardsMax",
                        "{\"data\": {\"a\": [{\"wildcard\": \"*\"}" + ", {\"wildcard\": \"*\"}".repeat(64) + "]}}"),
                Map.entry("starsMax", "{\"data\": {\"a\": [{\"wildcard\": \"" + "*a".repeat(17) + "\"}]}}"),
                Map.entry("numberDigitsMax", "{\"data\": {\"a\": [1" + "1".repeat(100) + "]}}"),
                Map.entry("numberExponentMax", "{\"data\": {\"a\": [1e401]}}"));
        return byLimit.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("excesses")
    void shouldNameTheLimitThatAPatternExceeds(String limit, String pattern) {
        assertThatThrownBy(() -> Filter.parse(pattern))
                .isInstanceOf(InvalidFilterException.class)
                .hasMessageContaining(limit);
    }

    @Test
    void shouldRefuseDeepNestingWithoutOverflowingTheStack() {
        for (String open : new String[] {"[", "{\"a\":", "{\"data\":{\"$or\":["}) {
            assertThatThrownBy(() -> Filter.parse(open.repeat(3_000))).isInstanceOf(InvalidFilterException.class);
            byte[] deep = open.repeat(200_000).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> EVERYWHERE.matches(view(EVERYWHERE, deep)))
                    .isInstanceOf(UnreadableEventException.class);
        }
    }

    @Test
    void shouldMatchPathologicalWildcardsInLinearTime() {
        Filter filter = parse(
                "{\"data\": {\"a\": [{\"wildcard\": \"*" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab*".repeat(15) + "\"}]}}");
        byte[] event = ("{\"a\": \"" + "a".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        Assertions.assertTimeout(
                SOON, () -> assertThat(filter.matches(view(filter, event))).isFalse());
    }

    @Test
    void shouldEvaluateTheWorstFilterOnTheWorstEventInBoundedTime() {
        // 6 * 6 * 6 combinations that fail at their last condition, each tried against every element of an array
        String values = "["
                + IntStream.range(0, 50)
                        .mapToObj(i -> "{\"prefix\": \"" + "x".repeat(50) + i + "\"}")
                        .collect(Collectors.joining(", "))
                + ", 1]";
        String or = "["
                + IntStream.range(0, 6).mapToObj(i -> "{\"f" + i + "\": [1]}").collect(Collectors.joining(", ")) + "]";
        Filter filter = parse("{\"data\": {\"l\": {\"a\": " + values + ", \"z\": [1, 2], \"$or\": " + or
                + ", \"m\": {\"$or\": " + or + "}, \"n\": {\"$or\": " + or + "}}}}");
        String all = IntStream.range(0, 6).mapToObj(i -> "\"f" + i + "\": 1").collect(Collectors.joining(", "));
        String element =
                "{\"a\": \"" + "x".repeat(60) + "\", " + all + ", \"m\": {" + all + "}, \"n\": [{" + all + "}]}";
        byte[] event = ("{\"l\": [{\"a\": 1}, {\"z\": 1}, " + (element + ", ").repeat(10_000) + "1]}")
                .getBytes(StandardCharsets.UTF_8);
        Assertions.assertTimeout(
                SOON, () -> assertThat(filter.matches(view(filter, event))).isFalse());
    }
}
