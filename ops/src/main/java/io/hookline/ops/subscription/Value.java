package io.hookline.ops.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.hookline.ops.cli.DurationText;
import io.hookline.schemas.config.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The value of one field, asked for as what it should be. What it is not becomes a problem with the field, the value and the mend, and
 * the answer is null; so one pass finds every problem. Secret values never get into a problem.
 */
final class Value {
    private static final int SHOWN_MAX = 80;

    private final Problems problems;
    private final String path;
    private final JsonNode node;

    Value(Problems problems, String path, JsonNode node) {
        this.problems = problems;
        this.path = path;
        this.node = node;
    }

    JsonNode node() {
        return node;
    }

    /** The value of a field of this mapping, or null where it is absent or empty. */
    @Nullable
    Value field(String name) {
        JsonNode inner = node.get(name);
        return inner == null || inner.isNull() ? null : new Value(problems, inner(name), inner);
    }

    /** Refuses fields other than these, each with the one that was probably meant. */
    void allowOnly(Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String meant = Suggestion.nearest(name, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElseGet(() -> "known are " + String.join(", ", new TreeSet<>(known)) + ".");
                problems.add(inner(name), "there is no such field; " + meant);
            }
        });
    }

    /** This value is not usable. */
    void refuse(String expected) {
        problems.add(path, shown() + " is not usable: " + expected);
    }

    /** As {@link #refuse}, without showing the value. */
    void refuseSecret(String expected) {
        problems.add(path, expected);
    }

    @Nullable
    String text(int charactersMax) {
        if (!node.isTextual()) {
            refuse(node.isContainerNode() ? "text is expected." : "text is expected: put it into quotes.");
            return null;
        }
        if (node.textValue().length() > charactersMax) {
            refuse("at most " + charactersMax + " characters are accepted, it has "
                    + node.textValue().length() + ".");
            return null;
        }
        return node.textValue();
    }

    @Nullable
    Boolean flag() {
        if (!node.isBoolean()) {
            refuse("true or false is expected.");
            return null;
        }
        return node.booleanValue();
    }

    @Nullable
    Integer integer(int min, int max) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
            refuse("a whole number from " + min + " to " + max + " is expected.");
            return null;
        }
        return node.intValue();
    }

    @Nullable
    Long number(long min) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min) {
            refuse("a whole number, at least " + min + ", is expected.");
            return null;
        }
        return node.longValue();
    }

    /** A share over 0, up to 1. */
    @Nullable
    Double share() {
        if (!node.isNumber() || !(node.doubleValue() > 0 && node.doubleValue() <= 1)) {
            refuse("a share over 0 and up to 1 is expected, such as 0.5.");
            return null;
        }
        return node.doubleValue();
    }

    @Nullable
    Duration duration(Duration min, Duration max) {
        try {
            Duration duration = node.isTextual() ? DurationText.parse(node.textValue()) : null;
            if (duration == null) {
                refuse("a duration with its unit is expected, such as 500ms, 30s or 5m.");
            } else if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
                refuse(DurationText.format(min) + " to " + DurationText.format(max) + " is accepted.");
                return null;
            }
            return duration;
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage() + ".");
            return null;
        }
    }

    /** Whether it is this symbol, written in lower case with hyphens. */
    boolean is(Enum<?> symbol) {
        return node.isTextual() && node.textValue().equals(name(symbol));
    }

    /** One of the symbols, written in lower case with hyphens. */
    <E extends Enum<E>> @Nullable E choice(List<E> symbols) {
        List<String> names = symbols.stream().map(Value::name).toList();
        int found = node.isTextual() ? names.indexOf(node.textValue()) : -1;
        if (found < 0) {
            String meant = Suggestion.nearest(node.asText(), Set.copyOf(names))
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse(".");
            refuse("one of " + String.join(", ", names) + " is expected" + meant);
            return null;
        }
        return symbols.get(found);
    }

    /** The items of a list; a single value stands for a list of one. */
    List<Value> items(int max) {
        if (!node.isArray()) {
            return List.of(this);
        }
        if (node.size() > max) {
            refuse("at most " + max + " items are accepted, it has " + node.size() + ".");
            return List.of();
        }
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Value(problems, path + "[" + i + "]", node.get(i)));
        }
        return items;
    }

    /** The entries of a mapping; none, and a problem, where it is something else. */
    Map<String, Value> entries(int max) {
        Map<String, Value> entries = new LinkedHashMap<>();
        if (!node.isObject() || node.size() > max) {
            refuse(
                    node.isObject()
                            ? "at most " + max + " entries are accepted, it has " + node.size() + "."
                            : "a mapping of names to values is expected.");
            return entries;
        }
        node.fieldNames().forEachRemaining(name -> entries.put(name, new Value(problems, inner(name), node.get(name))));
        return entries;
    }

    static String name(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String inner(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private String shown() {
        String text = node.isTextual() ? "'" + node.textValue() + "'" : node.toString();
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= SHOWN_MAX ? plain : plain.substring(0, SHOWN_MAX) + "…";
    }
}
