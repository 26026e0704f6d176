package io.hookline.schemas.evolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Compares today's schemas with released ones. Walks both side by side to name record, field and rule, and sees more than Avro does
 * (logical types, defaults, symbols that vanish); where that finds nothing at all, Avro's own checker has the last word, both ways.
 */
final class Compatibility {
    private static final String FORMAT_VERSION = "formatVersion";

    private final SchemaSet released;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private Compatibility(SchemaSet released) {
        this.released = released;
    }

    /** One sentence a broken rule; empty where both can run side by side. */
    static List<String> problems(SchemaSet released, SchemaSet current) {
        Compatibility comparison = new Compatibility(released);
        released.byName().forEach((name, before) -> {
            Schema now = current.byName().get(name);
            if (now == null) {
                comparison.broken(Rule.RECORD_STAYS, name, "is gone");
            } else {
                comparison.compareNamed(before.getName(), before, now);
            }
        });
        if (comparison.problems.isEmpty()) {
            released.byName().forEach((name, before) -> comparison.askAvro(before, current.get(name)));
        }
        return comparison.problems;
    }

    private void askAvro(Schema before, Schema now) {
        askAvro(now, before, "this release cannot read what the earlier one writes");
        askAvro(before, now, "the earlier release cannot read what this one writes");
    }

    private void askAvro(Schema reader, Schema writer, String what) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(found -> broken(
                        Rule.READABLE_BOTH_WAYS,
                        reader.getName() + found.getLocation(),
                        what + " (" + found.getType() + " " + found.getMessage() + ")"));
    }

    private void compare(String where, Schema before, Schema now) {
        if (before.getType() != now.getType() || !named(before).equals(named(now))) {
            broken(Rule.TYPE_STAYS, where, "was " + describe(before) + ", is " + describe(now));
        } else if (!logical(before).equals(logical(now))) {
            broken(Rule.MEANING_STAYS, where, "was " + logical(before) + ", is " + logical(now));
        } else {
            compareInside(where, before, now);
        }
    }

    private void compareInside(String where, Schema before, Schema now) {
        switch (before.getType()) {
            case RECORD, ENUM, FIXED -> {
                if (!released.byName().containsKey(before.getFullName()) && seen.add(before.getFullName())) {
                    compareNamed(where, before, now);
                }
            }
            case ARRAY -> compare(where + "[]", before.getElementType(), now.getElementType());
            case MAP -> compare(where + "{}", before.getValueType(), now.getValueType());
            case UNION -> compareUnions(where, before, now);
            default -> {}
        }
    }

    private void compareUnions(String where, Schema before, Schema now) {
        List<String> branches =
                before.getTypes().stream().map(Compatibility::named).toList();
        if (!branches.equals(now.getTypes().stream().map(Compatibility::named).toList())) {
            broken(Rule.TYPE_STAYS, where, "was " + describe(before) + ", is " + describe(now));
            return;
        }
        for (int i = 0; i < branches.size(); i++) {
            compare(where, before.getTypes().get(i), now.getTypes().get(i));
        }
    }

    private void compareNamed(String where, Schema before, Schema now) {
        if (before.getType() != now.getType()) {
            broken(Rule.TYPE_STAYS, where, "was " + describe(before) + ", is " + describe(now));
            return;
        }
        switch (before.getType()) {
            case RECORD -> compareFields(where, before, now);
            case ENUM -> compareSymbols(where, before, now);
            default -> {
                if (before.getFixedSize() != now.getFixedSize()) {
                    broken(Rule.TYPE_STAYS, where, "was " + describe(before) + ", is " + describe(now));
                }
            }
        }
    }

    private void compareFields(String where, Schema before, Schema now) {
        for (Schema.Field field : before.getFields()) {
            Schema.Field today = now.getField(field.name());
            String path = where + "." + field.name();
            if (today != null) {
                compareDefaults(path, field, today);
                compare(path, field.schema(), today.schema());
            } else if (!field.hasDefaultValue()) {
                broken(Rule.FIELD_WITHOUT_DEFAULT_STAYS, path, "is gone");
            }
        }
        for (Schema.Field field : now.getFields()) {
            if (before.getField(field.name()) == null && !field.hasDefaultValue()) {
                broken(Rule.NEW_FIELD_HAS_DEFAULT, where + "." + field.name(), "is new");
            }
        }
    }

    private void compareDefaults(String where, Schema.Field before, Schema.Field now) {
        boolean same = Objects.equals(defaultOf(before), defaultOf(now));
        if (!same && !before.name().equals(FORMAT_VERSION)) {
            broken(Rule.DEFAULT_STAYS, where, "default was " + defaultOf(before) + ", is " + defaultOf(now));
        }
    }

    private void compareSymbols(String where, Schema before, Schema now) {
        for (String symbol : before.getEnumSymbols()) {
            if (!now.hasEnumSymbol(symbol)) {
                broken(Rule.SYMBOL_STAYS, where, before.getName() + " has lost " + symbol);
            }
        }
        for (String symbol : now.getEnumSymbols()) {
            if (!before.hasEnumSymbol(symbol) && before.getEnumDefault() == null) {
                broken(Rule.NEW_SYMBOL_NEEDS_DEFAULT, where, before.getName() + " has got " + symbol);
            }
        }
        if (!Objects.equals(before.getEnumDefault(), now.getEnumDefault())) {
            broken(
                    Rule.DEFAULT_STAYS,
                    where,
                    "default of " + before.getName() + " was " + before.getEnumDefault() + ", is "
                            + now.getEnumDefault());
        }
    }

    private void broken(Rule rule, String where, String what) {
        problems.add(rule.brokenBy(where, what));
    }

    private static String defaultOf(Schema.Field field) {
        Object value = field.hasDefaultValue() ? field.defaultVal() : "none";
        return value == JsonProperties.NULL_VALUE ? "null" : String.valueOf(value);
    }

    /** A type's name: the full one of a record, enum or fixed. */
    private static String named(Schema schema) {
        return schema.getFullName();
    }

    private static String describe(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream().map(Compatibility::describe).toList().toString();
            case ARRAY -> "array of " + describe(schema.getElementType());
            case MAP -> "map of " + describe(schema.getValueType());
            case FIXED -> named(schema) + " of " + schema.getFixedSize() + " bytes";
            default -> named(schema);
        };
    }

    private static String logical(Schema schema) {
        Object type = schema.getObjectProp("logicalType");
        if (type == null) {
            return "no logical type";
        }
        Object precision = schema.getObjectProp("precision");
        return precision == null
                ? type.toString()
                : type + "(" + precision + ", " + schema.getObjectProp("scale") + ")";
    }
}
