package io.hookline.router.filter;

/** Tests of strings; no other kind of value passes. Case is ignored character by character, as {@link String#equalsIgnoreCase} does. */
sealed interface TextMatcher extends Matcher
        permits TextMatcher.Prefix, TextMatcher.Suffix, TextMatcher.SameLetters, Wildcard {
    /** Whether {@code text} passes. */
    boolean test(String text);

    @Override
    default boolean test(Value value) {
        return value instanceof Value.Text t && test(t.text());
    }

    /** Begins with {@code prefix}. */
    record Prefix(String prefix, boolean ignoreCase) implements TextMatcher {
        @Override
        public boolean test(String text) {
            return text.regionMatches(ignoreCase, 0, prefix, 0, prefix.length());
        }

        @Override
        public String toString() {
            return "text that begins with " + Json.quote(prefix) + (ignoreCase ? " in any case" : "");
        }
    }

    /** Ends with {@code suffix}. */
    record Suffix(String suffix, boolean ignoreCase) implements TextMatcher {
        @Override
        public boolean test(String text) {
            return text.regionMatches(ignoreCase, text.length() - suffix.length(), suffix, 0, suffix.length());
        }

        @Override
        public String toString() {
            return "text that ends with " + Json.quote(suffix) + (ignoreCase ? " in any case" : "");
        }
    }

    /** Is {@code letters}, in any case. */
    record SameLetters(String letters) implements TextMatcher {
        @Override
        public boolean test(String text) {
            return text.equalsIgnoreCase(letters);
        }

        @Override
        public String toString() {
            return Json.quote(letters) + " in any case";
        }
    }
}
