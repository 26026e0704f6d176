package io.hookline.router.filter;

/**
 * One thing wrong with a pattern.
 *
 * @param path where in the pattern: {@code data.amount[0].numeric}; empty for the pattern as a whole
 * @param found the offending JSON, shortened
 * @param expected what should stand there, or the limit that is exceeded
 */
public record FilterProblem(String path, String found, String expected) {
    @Override
    public String toString() {
        return (path.isEmpty() ? "filter" : path) + ": found " + found + ", expected " + expected;
    }
}
