package io.hookline.router.filter;

/**
 * One condition of a filter: a scalar at {@code path} passes {@code matcher}, or, if {@code absent}, there is no scalar at all.
 */
record Atom(FieldPath path, Matcher matcher, boolean absent) {
    static Atom present(FieldPath path, Matcher matcher) {
        return new Atom(path, matcher, false);
    }

    static Atom absent(FieldPath path) {
        return new Atom(path, Matcher.Exists.EXISTS, true);
    }

    String expected() {
        return absent ? "no value" : matcher.toString();
    }
}
