package io.hookline.router.filter;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the operand of {@code numeric}: one or two comparisons, {@code ["=", 5]} or {@code [">", 0, "<=", 5]}. */
final class NumericParser {
    private static final String EXPECTED =
            "one comparison, such as [\">=\", 10], or a lower and an upper one, such as [\">\", 0, \"<=\", 5]";

    private NumericParser() {}

    static @Nullable NumericRange parse(
            Json operand, Place at, BiFunction<Json, Place, @Nullable Value> scalar, Problems problems) {
        List<Json> items = operand instanceof Json.Arr array ? array.items() : List.of();
        if (items.size() != 2 && items.size() != 4) {
            problems.add(at, operand, EXPECTED);
            return null;
        }
        NumericRange range = new NumericRange(null, false, null, false);
        boolean good = true;
        for (int i = 0; i < items.size(); i += 2) {
            Value bound = scalar.apply(items.get(i + 1), at.item(i + 1));
            if (bound instanceof Decimal number) {
                NumericRange narrowed = narrow(range, operator(items.get(i)), number);
                if (narrowed == null) {
                    problems.add(at.item(i), items.get(i), EXPECTED);
                }
                good &= narrowed != null;
                range = narrowed == null ? range : narrowed;
            } else {
                if (bound != null) {
                    problems.add(at.item(i + 1), items.get(i + 1), "a number");
                }
                good = false;
            }
        }
        if (good && range.isEmpty()) {
            problems.add(at, operand, "bounds with a number between them");
        }
        return good ? range : null;
    }

    private static String operator(Json json) {
        return json instanceof Json.Scalar scalar && scalar.value() instanceof Value.Text text ? text.text() : "";
    }

    /** {@code range} with one more bound, or null if the operator is unknown or bounds a side that is bounded already. */
    private static @Nullable NumericRange narrow(NumericRange range, String operator, Decimal bound) {
        boolean included = operator.endsWith("=");
        return switch (operator) {
            case "=" ->
                range.lower() == null && range.upper() == null ? new NumericRange(bound, true, bound, true) : null;
            case ">", ">=" ->
                range.lower() == null ? new NumericRange(bound, included, range.upper(), range.upperIncluded()) : null;
            case "<", "<=" ->
                range.upper() == null ? new NumericRange(range.lower(), range.lowerIncluded(), bound, included) : null;
            default -> null;
        };
    }
}
