package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes patterns and events over few names and few values, so that they meet often. Both are trees of maps, lists and scalars; a number
 * is a {@link Numeral}, null is {@link Nothing}.
 */
final class Patterns {
    /** Numbers that event-ruler tells apart: within 5,000,000,000, six decimals. */
    static final List<String> PLAIN_NUMBERS =
            List.of("0", "1", "1.0", "-1", "5", "5e0", "1.5", "100", "1e2", "0.1", "-2.5", "4999999999");

    /** Numbers that it does not, too. */
    static final List<String> ANY_NUMBERS = List.of(
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
            "0.1e1");

    private static final List<String> LITERALS =
            List.of("", "x", "y", "xy", "Xy", "yx", "xyx", "éa", "ÉA", "a*b", "日x");
    private static final List<String> ADDRESSES = List.of("10.0.0.1", "10.0.7.9", "192.168.1.1");
    private static final List<String> NETWORKS = List.of("10.0.0.0/8", "10.0.0.0/24", "10.0.7.0/25", "192.0.0.0/2");

    private final Random random;
    private final List<String> numbers;

    Patterns(Random random, List<String> numbers) {
        this.random = random;
        this.numbers = numbers;
    }

    /** A number by its text. */
    record Numeral(String text) {
        Decimal value() {
            return Decimal.parse(text);
        }
    }

    /** Stands for {@code null}, which maps and lists cannot all hold. */
    enum Nothing {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
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
    Map<String, Object> pattern() {
        Map<String, Object> pattern = new LinkedHashMap<>();
        Map<String, Object> data = object(2);
        int dice = random.nextInt(10);
        if (dice == 9) {
            pattern.put("$or", List.of(attributes(), Map.of("data", data)));
        } else {
            pattern.put("data", data);
        }
        if (dice < 2) {
            pattern.putAll(attributes());
        }
        return pattern;
    }

    /** A pattern that compares two fields with numbers. */
    Map<String, Object> numericPattern() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : upTo(1, 2, () -> pick("a", "b"))) {
            fields.put(name, upTo(1, 2, this::numericCondition));
        }
        return Map.of("data", fields);
    }

    private Object numericCondition() {
        return switch (random.nextInt(4)) {
            case 0 -> number();
            case 1 -> op("numeric", comparisons());
            case 2 -> op("anything-but", number());
            default -> op("anything-but", upTo(1, 2, this::number));
        };
    }

    private Map<String, Object> attributes() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : upTo(1, 2, () -> pick("type", "source", "tenant"))) {
            fields.put(name, conditions());
        }
        return fields;
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean branches = depth > 0 && random.nextInt(5) == 0;
        if (!branches || random.nextBoolean()) {
            for (String name : upTo(1, 2, () -> pick("a", "a", "a", "b", "b", "c"))) {
                fields.put(name, depth == 0 || random.nextInt(4) > 0 ? conditions() : object(depth - 1));
            }
        }
        if (branches) {
            fields.put("$or", upTo(2, 3, () -> object(depth - 1)));
        }
        return fields;
    }

    private List<Object> conditions() {
        return upTo(1, 4, this::condition);
    }

    private Object condition() {
        return switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4 -> pick(LITERALS);
            case 5, 6, 7, 8 -> number();
            case 9 -> random.nextBoolean();
            case 10 -> Nothing.NULL;
            case 11, 12 -> op("exists", random.nextBoolean());
            case 13, 14 -> op(pick("prefix", "suffix"), pick(LITERALS));
            case 15, 16 -> op(pick("prefix", "suffix"), op("equals-ignore-case", letters()));
            case 17 -> op("equals-ignore-case", pick(LITERALS));
            case 18, 19 -> op("wildcard", wildcard());
            case 20, 21, 22 -> op("anything-but", anythingBut());
            case 23, 24, 25 -> op("numeric", comparisons());
            case 26 -> op("cidr", pick(NETWORKS));
            default -> op("exactly", pick(LITERALS));
        };
    }

    /** Event-ruler fails on a suffix in any case with a character of three bytes, in branches that are alike. */
    private String letters() {
        return pick(LITERALS.subList(0, LITERALS.size() - 1));
    }

    private String wildcard() {
        String joined = String.join("", upTo(0, 5, () -> pick("x", "y", "*", "é", "\\*", "X")));
        return joined.replaceAll("\\*{2,}", "*");
    }

    private Object anythingBut() {
        Supplier<Object> some = () -> pick(LITERALS.subList(1, LITERALS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> some.get();
            case 1 -> number();
            case 2 -> upTo(1, 3, some);
            case 3 -> upTo(1, 3, this::number);
            case 4 -> op("prefix", oneOrMore(some));
            case 5 -> op("suffix", oneOrMore(some));
            case 6 -> op("equals-ignore-case", oneOrMore(some));
            default -> op("wildcard", oneOrMore(this::wildcard));
        };
    }

    private Object oneOrMore(Supplier<?> texts) {
        return random.nextBoolean() ? texts.get() : upTo(1, 3, texts);
    }

    private List<Object> comparisons() {
        Numeral a = number();
        Numeral b = number();
        int order = a.value().compareTo(b.value());
        if (order == 0 || random.nextBoolean()) {
            return List.of(pick("=", "<", "<=", ">", ">="), a);
        }
        return List.of(pick(">", ">="), order < 0 ? a : b, pick("<", "<="), order < 0 ? b : a);
    }

    private static Map<String, Object> op(String name, Object operand) {
        return Map.of(name, operand);
    }

    // ---- events ----

    /** An event: attributes, and an object of few names, with arrays and arrays in arrays, as data. */
    Map<String, Object> event() {
        return event(payload(2));
    }

    /** An event with numbers in two fields. */
    Map<String, Object> numericEvent() {
        Map<String, Object> data = new LinkedHashMap<>();
        upTo(1, 2, () -> pick("a", "b")).forEach(name -> data.put(name, number()));
        return event(data);
    }

    private Map<String, Object> event(Map<String, Object> data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", pick("x", "xy"));
        event.put("source", pick("y", "1"));
        event.put("data", data);
        if (random.nextBoolean()) {
            event.put("tenant", "yx");
        }
        return event;
    }

    private Map<String, Object> payload(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        upTo(1, 3, () -> pick("a", "b", "c")).forEach(name -> fields.put(name, item(depth)));
        return fields;
    }

    private Object item(int depth) {
        int dice = depth == 0 ? 0 : random.nextInt(10);
        if (dice < 5) {
            return scalar();
        }
        return dice < 7 ? payload(depth - 1) : upTo(0, 3, () -> item(depth - 1));
    }

    private Object scalar() {
        return switch (random.nextInt(11)) {
            case 0, 1, 2, 3 -> pick(LITERALS);
            case 4 -> pick(ADDRESSES);
            case 5, 6, 7, 8 -> number();
            case 9 -> random.nextBoolean();
            default -> Nothing.NULL;
        };
    }

    // ---- chance ----

    private Numeral number() {
        return new Numeral(pick(numbers));
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }

    private String pick(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    private <T> List<T> upTo(int least, int most, Supplier<? extends T> each) {
        List<T> made = new ArrayList<>();
        for (int n = least + random.nextInt(most - least + 1); n > 0; n--) {
            made.add(each.get());
        }
        return made;
    }
}
