package io.hookline.router.filter;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why an event matches a filter, or does not.
 *
 * @param matches whether it does
 * @param alternatives if it does not: for each combination that would satisfy the filter, what of it failed; those with the fewest
 *     failures first, at most {@link #ALTERNATIVES_MAX}. A filter without {@code $or} has one. Empty if the event matches
 */
public record Explanation(boolean matches, List<Alternative> alternatives) {
    /** How many alternatives are told. */
    public static final int ALTERNATIVES_MAX = 5;

    /** One combination of conditions, and those of them that failed; never empty. */
    public record Alternative(List<Failure> failures) {}

    /**
     * A condition that failed.
     *
     * @param path where it looks: {@code data.order.amount}
     * @param found the values there as JSON, the first few of them; {@code nothing} if there is none
     * @param expected what the condition takes, in words
     */
    public record Failure(String path, String found, String expected) {
        @Override
        public String toString() {
            return path + " is " + found + ", expected " + expected;
        }
    }

    /** In words: {@code matches}, or {@code does not match:} and the failures. */
    @Override
    public String toString() {
        if (matches) {
            return "matches";
        }
        return alternatives.stream()
                .map(alternative ->
                        alternative.failures().stream().map(Failure::toString).collect(Collectors.joining("; and ")))
                .collect(Collectors.joining("\n  or: ", "does not match: ", ""));
    }
}
