package io.hookline.router.filter;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One test of one scalar. A matcher costs at most a constant times the length of the value and of its own text; {@code toString} says
 * what it expects, in words for a person.
 */
sealed interface Matcher extends Predicate<Value>
        permits Matcher.Exactly, Matcher.AnyOf, Matcher.Not, Matcher.Exists, TextMatcher, NumericRange, CidrBlock {
    /** One of some literals. */
    record Exactly(Set<Value> values) implements Matcher {
        public Exactly {
            values = Set.copyOf(values);
        }

        @Override
        public boolean test(Value value) {
            return values.contains(value);
        }

        @Override
        public String toString() {
            return values.stream().map(Value::toString).sorted().collect(Collectors.joining(" or "));
        }
    }

    /** Any of several tests. */
    record AnyOf(List<Matcher> alternatives) implements Matcher {
        @Override
        public boolean test(Value value) {
            for (Matcher each : alternatives) {
                if (each.test(value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return alternatives.stream().map(Matcher::toString).collect(Collectors.joining(", or "));
        }
    }

    /** A scalar that is there and fails {@code excluded}: {@code anything-but}. */
    record Not(Matcher excluded) implements Matcher {
        @Override
        public boolean test(Value value) {
            return !excluded.test(value);
        }

        @Override
        public String toString() {
            return "anything but " + excluded;
        }
    }

    /** Any scalar at all. */
    enum Exists implements Matcher {
        EXISTS;

        @Override
        public boolean test(Value value) {
            return true;
        }

        @Override
        public String toString() {
            return "any value";
        }
    }
}
