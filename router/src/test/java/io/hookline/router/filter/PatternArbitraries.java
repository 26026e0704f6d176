package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Patterns and events over few names and few values, so that they meet often. Both are trees of maps, lists and scalars; a number is a
 * {@link Number} spelled by {@link #json}.
 */
final class PatternArbitraries {
    private static final Arbitrary<String> NAMES = Arbitraries.of("a", "b", "c");
    private static final Arbitrary<String> USUAL_NAMES = Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.just("a")), Tuple.of(3, Arbitraries.just("b")), Tuple.of(1, Arbitraries.just("c")));
    private static final Arbitrary<String> TEXTS = Arbitraries.of(
            "", "x", "y", "xy", "Xy", "yx", "xyx", "éa", "ÉA", "a*b", "日x", "10.0.0.1", "10.0.7.9", "192.168.1.1");
    private static final Arbitrary<String> LITERALS =
            Arbitraries.of("", "x", "y", "xy", "Xy", "yx", "xyx", "éa", "ÉA", "a*b", "日x");

    /** Event-ruler fails on a suffix in any case with a character of three bytes, in branches that are alike. */
    private static final Arbitrary<String> LETTERS = LITERALS.filter(text -> !text.equals("日x"));

    /** Numbers that event-ruler tells apart: within 5,000,000,000, six decimals. */
    static final String[] PLAIN_NUMBERS = {
        "0", "1", "1.0", "-1", "5", "5e0", "1.5", "100", "1e2", "0.1", "-2.5", "4999999999"
    };

    /** Numbers that it does not, too. */
    static final String[] ANY_NUMBERS = {
        "0",
        "-0.0",
        "1",
        "1.0000001",
        "1.0000002",
        "5000000001",
        "9007199254740992",
        "9007199254740993",
        "1e30",
        "-1e-30",
        "0.1e1"
    };

    /** A number by its text. */
    record Numeral(String text) {
        Decimal value() {
            return Decimal.parse(text);
        }
    }

    private final Arbitrary<Object> numbers;
    private final Arbitrary<Object> conditions;
    private final Arbitrary<Object> scalars;

    PatternArbitraries(String... numbers) {
        this.numbers = Arbitraries.of(numbers).map(Numeral::new);
        this.scalars = scalars();
        this.conditions = condition().list().ofMinSize(1).ofMaxSize(4).map(list -> (Object) new ArrayList<>(list));
    }

    static String json(Object tree) {
        if (tree instanceof Numeral n) {
            return n.text();
        }
        if (tree instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                    .append(json(name))
                    .append(':')
                    .append(json(value)));
            return text.append('}').toString();
        }
        if (tree instanceof List<?> list) {
            StringBuilder text = new StringBuilder("[");
            list.forEach(value -> text.append(text.length() > 1 ? "," : "").append(json(value)));
            return text.append(']').toString();
        }
        return tree instanceof String text ? Json.quote(text) : tree.toString();
    }

    // ---- patterns ----

    /** A pattern with attributes and data. */
    Arbitrary<Map<String, Object>> patterns() {
        return Combinators.combine(
                        object(2, true), attributes(), Arbitraries.integers().between(0, 9))
                .as((data, attributes, dice) -> {
                    Map<String, Object> pattern = new LinkedHashMap<>();
                    if (dice < 2) {
                        pattern.putAll(attributes);
                    }
                    if (dice == 9) {
                        pattern.put("$or", List.of(attributes, Map.of("data", data)));
                    } else {
                        pattern.put("data", data);
                    }
                    return pattern;
                });
    }

    /** A pattern that compares two fields with numbers. */
    Arbitrary<Map<String, Object>> numericPatterns() {
        Arbitrary<Object> condition = Arbitraries.oneOf(
                numbers,
                numeric().map(n -> op("numeric", n)),
                numbers.map(n -> op("anything-but", n)),
                numbers.list().ofMinSize(1).ofMaxSize(2).map(n -> op("anything-but", n)));
        return Arbitraries.maps(
                        Arbitraries.of("a", "b"),
                        condition.list().ofMinSize(1).ofMaxSize(2).map(l -> (Object) l))
                .ofMinSize(1)
                .map(fields -> Map.of("data", fields));
    }

    /** Numbers to compare. */
    Arbitrary<Object> numbers() {
        return numbers;
    }

    private Arbitrary<Map<String, Object>> attributes() {
        return Arbitraries.maps(Arbitraries.of("type", "source", "tenant"), conditions)
                .ofMinSize(1)
                .ofMaxSize(2);
    }

    private Arbitrary<Map<String, Object>> object(int depth, boolean mayBranch) {
        Arbitrary<Object> field = depth == 0
                ? conditions
                : Arbitraries.frequencyOf(
                        Tuple.of(3, conditions),
                        Tuple.of(2, object(depth - 1, mayBranch).map(o -> o)));
        Arbitrary<Map<String, Object>> fields =
                Arbitraries.maps(USUAL_NAMES, field).ofMinSize(1).ofMaxSize(2);
        if (!mayBranch || depth == 0) {
            return fields;
        }
        Arbitrary<List<Map<String, Object>>> or =
                object(depth - 1, depth > 1).list().ofMinSize(2).ofMaxSize(3);
        Arbitrary<Map<String, Object>> branching = Combinators.combine(fields, or, Arbitraries.of(true, false))
                .as((f, o, alone) -> {
                    Map<String, Object> both = new LinkedHashMap<>();
                    if (!alone) {
                        both.putAll(f);
                    }
                    both.put("$or", o);
                    return both;
                });
        return Arbitraries.frequencyOf(Tuple.of(4, fields), Tuple.of(1, branching));
    }

    private Arbitrary<Object> condition() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, LITERALS.map(t -> t)),
                Tuple.of(4, numbers),
                Tuple.of(1, Arbitraries.of(true, false)),
                Tuple.of(1, Arbitraries.just(Nothing.NULL)),
                Tuple.of(2, Arbitraries.of(true, false).map(b -> op("exists", b))),
                Tuple.of(2, affix("prefix")),
                Tuple.of(2, affix("suffix")),
                Tuple.of(1, LITERALS.map(t -> op("equals-ignore-case", t))),
                Tuple.of(2, wildcard().map(w -> op("wildcard", w))),
                Tuple.of(3, anythingBut().map(b -> op("anything-but", b))),
                Tuple.of(3, numeric().map(n -> op("numeric", n))),
                Tuple.of(
                        1,
                        Arbitraries.of("10.0.0.0/8", "10.0.0.0/24", "10.0.7.0/25", "192.0.0.0/2")
                                .map(c -> op("cidr", c))),
                Tuple.of(1, LITERALS.map(t -> op("exactly", t))));
    }

    private static Arbitrary<Object> affix(String operator) {
        return Arbitraries.oneOf(
                LITERALS.map(t -> op(operator, t)), LETTERS.map(t -> op(operator, op("equals-ignore-case", t))));
    }

    private static Arbitrary<String> wildcard() {
        return Arbitraries.of("x", "y", "*", "é", "\\*", "X")
                .list()
                .ofMaxSize(5)
                .map(parts -> {
                    String joined = String.join("", parts);
                    return joined.replaceAll("\\*{2,}", "*");
                });
    }

    private Arbitrary<Object> anythingBut() {
        Arbitrary<String> some = LITERALS.filter(t -> !t.isEmpty());
        return Arbitraries.oneOf(
                some.map(t -> t),
                numbers,
                some.list().uniqueElements().ofMinSize(1).ofMaxSize(3).map(l -> l),
                numbers.list().ofMinSize(1).ofMaxSize(3).map(l -> l),
                oneOrMore(some).map(o -> op("prefix", o)),
                oneOrMore(some).map(o -> op("suffix", o)),
                oneOrMore(some).map(o -> op("equals-ignore-case", o)),
                oneOrMore(wildcard()).map(o -> op("wildcard", o)));
    }

    private static Arbitrary<Object> oneOrMore(Arbitrary<String> texts) {
        return Arbitraries.oneOf(
                texts.map(t -> t), texts.list().ofMinSize(1).ofMaxSize(3).map(l -> l));
    }

    private Arbitrary<Object> numeric() {
        Arbitrary<Object> one = Combinators.combine(Arbitraries.of("=", "<", "<=", ">", ">="), numbers)
                .as(List::of);
        Arbitrary<Object> two = Combinators.combine(
                        numbers, numbers, Arbitraries.of(">", ">="), Arbitraries.of("<", "<="))
                .filter((a, b, low, high) -> value(a).compareTo(value(b)) != 0)
                .as((a, b, low, high) ->
                        value(a).compareTo(value(b)) < 0 ? List.of(low, a, high, b) : List.of(low, b, high, a));
        return Arbitraries.oneOf(one, two);
    }

    private static Decimal value(Object numeral) {
        return ((Numeral) numeral).value();
    }

    private static Object op(String name, Object operand) {
        return Map.of(name, operand);
    }

    /** Stands for {@code null}, which maps and lists cannot all hold. */
    enum Nothing {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    // ---- events ----

    /** The payloads of events: objects of few names, with arrays and arrays in arrays. */
    Arbitrary<Map<String, Object>> payloads() {
        return payload(2);
    }

    private Arbitrary<Map<String, Object>> payload(int depth) {
        return Arbitraries.maps(NAMES, item(depth)).ofMinSize(1).ofMaxSize(3);
    }

    private Arbitrary<Object> item(int depth) {
        if (depth == 0) {
            return scalars;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(5, scalars),
                Tuple.of(2, payload(depth - 1).map(o -> o)),
                Tuple.of(
                        3,
                        Arbitraries.lazy(() -> item(depth - 1))
                                .list()
                                .ofMaxSize(3)
                                .map(l -> l)));
    }

    private Arbitrary<Object> scalars() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, TEXTS.map(t -> t)),
                Tuple.of(4, numbers),
                Tuple.of(1, Arbitraries.of(true, false)),
                Tuple.of(1, Arbitraries.just(Nothing.NULL)));
    }
}
