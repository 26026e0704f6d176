package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the array of values and conditions of one field. */
final class ConditionParser {
    private static final String OPERATORS =
            "prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr or exactly";

    private final FilterLimits limits;
    private final Problems problems;
    private int wildcards;
    private int total;

    ConditionParser(FilterLimits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    /**
     * What a field may be.
     *
     * @param matcher what its value must pass, or null if it may only be absent
     * @param absent whether it may be absent
     */
    record Field(@Nullable Matcher matcher, boolean absent) {}

    /** The conditions of one field while they are read. */
    private static final class Collected {
        final Set<Value> literals = new LinkedHashSet<>();
        final List<Matcher> others = new ArrayList<>();
        boolean absent;
        int count;

        Field toField() {
            List<Matcher> all = new ArrayList<>();
            if (!literals.isEmpty()) {
                all.add(new Matcher.Exactly(literals));
            }
            all.addAll(others);
            return new Field(all.isEmpty() ? null : all.size() == 1 ? all.get(0) : new Matcher.AnyOf(all), absent);
        }
    }

    Field field(Json.Arr values, Place at) {
        Collected collected = new Collected();
        if (values.items().isEmpty()) {
            problems.add(at, values, "at least one value or condition");
        }
        for (int i = 0; i < values.items().size(); i++) {
            Place here = at.item(i);
            Json item = values.items().get(i);
            if (item instanceof Json.Obj condition) {
                condition(condition, here, collected);
            } else {
                Value literal = scalar(
                        item, here, "a string, number, true, false, null, or a condition such as {\"prefix\": \"a\"}");
                if (literal != null) {
                    collected.literals.add(literal);
                    collected.count++;
                }
            }
        }
        int before = total;
        total += collected.count;
        if (before <= limits.valuesMax() && total > limits.valuesMax()) {
            problems.limit(at, total + " values so far", "valuesMax", limits.valuesMax(), "values in a pattern");
        }
        if (collected.count > limits.valuesPerFieldMax()) {
            problems.limit(
                    at,
                    collected.count + " values",
                    "valuesPerFieldMax",
                    limits.valuesPerFieldMax(),
                    "values for one field");
        }
        return collected.toField();
    }

    private void condition(Json.Obj condition, Place at, Collected into) {
        if (condition.members().size() != 1) {
            problems.add(at, condition, "one condition, one of " + OPERATORS);
            return;
        }
        Json.Member operator = condition.members().get(0);
        Json operand = operator.value();
        Place here = at.field(operator.name());
        into.count++;
        switch (operator.name()) {
            case "exactly" -> addLiteral(text(operand, here, false), into);
            case "prefix" -> add(affix(operand, here, true, true), into);
            case "suffix" -> add(affix(operand, here, false, true), into);
            case "equals-ignore-case" -> add(sameLetters(operand, here), into);
            case "wildcard" -> add(wildcard(operand, here), into);
            case "cidr" -> add(cidr(operand, here), into);
            case "exists" -> exists(operand, here, into);
            case "numeric" -> numeric(operand, here, into);
            case "anything-but" -> add(anythingBut(operand, here, into), into);
            default -> problems.add(here, operand, "a condition that exists: " + OPERATORS);
        }
    }

    private static void add(@Nullable Matcher matcher, Collected into) {
        if (matcher != null) {
            into.others.add(matcher);
        }
    }

    private static void addLiteral(@Nullable String text, Collected into) {
        if (text != null) {
            into.literals.add(new Value.Text(text));
        }
    }

    private @Nullable Value scalar(Json json, Place at, String expected) {
        if (json instanceof Json.Oversized number) {
            problems.limit(
                    at,
                    number.brief(),
                    "numberDigitsMax, numberExponentMax",
                    limits.numberDigitsMax(),
                    "digits and powers of ten from -" + limits.numberExponentMax() + " to "
                            + limits.numberExponentMax());
            return null;
        }
        if (!(json instanceof Json.Scalar scalar)) {
            problems.add(at, json, expected);
            return null;
        }
        return scalar.value() instanceof Value.Text && text(json, at, false) == null ? null : scalar.value();
    }

    private @Nullable String text(Json json, Place at, boolean notEmpty) {
        if (!(json instanceof Json.Scalar scalar) || !(scalar.value() instanceof Value.Text value)) {
            problems.add(at, json, "a string");
            return null;
        }
        String text = value.text();
        if (text.length() > limits.textCharsMax()) {
            problems.limit(at, text.length() + " characters", "textCharsMax", limits.textCharsMax(), "characters");
            return null;
        }
        if (notEmpty && text.isEmpty()) {
            problems.add(at, json, "a string that is not empty");
            return null;
        }
        return text;
    }

    /** A prefix or suffix: a string, or a string in any case. */
    private @Nullable Matcher affix(Json operand, Place at, boolean prefix, boolean mayBeEmpty) {
        boolean anyCase = operand instanceof Json.Obj;
        Json inner = anyCase ? only((Json.Obj) operand, at, "equals-ignore-case") : operand;
        String text = inner == null ? null : text(inner, anyCase ? at.field("equals-ignore-case") : at, !mayBeEmpty);
        if (text == null) {
            return null;
        }
        return prefix ? new TextMatcher.Prefix(text, anyCase) : new TextMatcher.Suffix(text, anyCase);
    }

    private @Nullable Json only(Json.Obj object, Place at, String name) {
        if (object.members().size() == 1 && object.members().get(0).name().equals(name)) {
            return object.members().get(0).value();
        }
        problems.add(at, object, "a string or {\"" + name + "\": a string}");
        return null;
    }

    private @Nullable Matcher sameLetters(Json operand, Place at) {
        String text = text(operand, at, false);
        return text == null ? null : new TextMatcher.SameLetters(text);
    }

    private @Nullable Matcher wildcard(Json operand, Place at) {
        String text = text(operand, at, false);
        if (text == null) {
            return null;
        }
        if (++wildcards == limits.wildcardsMax() + 1) {
            problems.limit(
                    at,
                    "wildcard number " + wildcards,
                    "wildcardsMax",
                    limits.wildcardsMax(),
                    "wildcards in a pattern");
        }
        return WildcardParser.parse(text, at, limits, problems);
    }

    private @Nullable Matcher cidr(Json operand, Place at) {
        String text = text(operand, at, false);
        Matcher block = text == null ? null : CidrBlock.parse(text);
        if (text != null && block == null) {
            problems.add(at, operand, "a network, such as \"10.0.0.0/8\" or \"2001:db8::/32\"");
        }
        return block;
    }

    private void exists(Json operand, Place at, Collected into) {
        if (operand instanceof Json.Scalar scalar && scalar.value() instanceof Value.Bool there) {
            if (there == Value.Bool.TRUE) {
                into.others.add(Matcher.Exists.EXISTS);
            } else {
                into.absent = true;
            }
        } else {
            problems.add(at, operand, "true or false");
        }
    }

    private void numeric(Json operand, Place at, Collected into) {
        NumericRange range = NumericParser.parse(operand, at, (json, here) -> scalar(json, here, "a number"), problems);
        if (range != null && range.isSingle()) {
            into.literals.add(range.single());
        } else if (range != null) {
            into.others.add(range);
        }
    }

    private @Nullable Matcher anythingBut(Json operand, Place at, Collected into) {
        if (operand instanceof Json.Obj object) {
            return object.members().size() == 1
                    ? anythingButShape(object.members().get(0), at, into)
                    : refuse(at, object, "one of prefix, suffix, equals-ignore-case or wildcard");
        }
        Set<Value> excluded = new LinkedHashSet<>();
        List<Matcher> all = each(operand, at, into, (item, here) -> {
            Value value = scalar(item, here, "a string, number, true, false or null");
            if (value != null) {
                excluded.add(value);
            }
            return null;
        });
        return all == null || excluded.isEmpty() ? null : new Matcher.Not(new Matcher.Exactly(excluded));
    }

    private @Nullable Matcher anythingButShape(Json.Member member, Place outer, Collected into) {
        Place at = outer.field(member.name());
        List<Matcher> excluded = switch (member.name()) {
            case "prefix" -> each(member.value(), at, into, (item, here) -> affix(item, here, true, false));
            case "suffix" -> each(member.value(), at, into, (item, here) -> affix(item, here, false, false));
            case "equals-ignore-case" -> each(member.value(), at, into, this::sameLetters);
            case "wildcard" -> each(member.value(), at, into, this::wildcard);
            default -> {
                refuse(at, member.value(), "prefix, suffix, equals-ignore-case or wildcard");
                yield null;
            }
        };
        if (excluded == null || excluded.isEmpty()) {
            return null;
        }
        return new Matcher.Not(excluded.size() == 1 ? excluded.get(0) : new Matcher.AnyOf(excluded));
    }

    private @Nullable Matcher refuse(Place at, Json json, String expected) {
        problems.add(at, json, expected);
        return null;
    }

    private interface Operand {
        @Nullable
        Matcher read(Json item, Place at);
    }

    /** Reads one operand, or each of an array of them; null if the array is empty. */
    private @Nullable List<Matcher> each(Json operand, Place at, Collected into, Operand reader) {
        List<Json> items = operand instanceof Json.Arr array ? array.items() : List.of(operand);
        if (items.isEmpty()) {
            problems.add(at, operand, "at least one value");
            return null;
        }
        into.count += items.size() - 1;
        List<Matcher> read = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Matcher matcher = reader.read(items.get(i), operand instanceof Json.Arr ? at.item(i) : at);
            if (matcher != null) {
                read.add(matcher);
            }
        }
        return read;
    }
}
