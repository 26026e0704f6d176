package io.hookline.router.filter;

/**
 * One scalar of an event or of a pattern. Two values are {@linkplain Object#equals equal} exactly when an exact condition says so:
 * text by its characters, numbers by their decimal value ({@code 1}, {@code 1.0} and {@code 10e-1} are one), never across kinds.
 */
public sealed interface Value permits Value.Text, Value.Bool, Value.Null, Decimal {
    /** A string. */
    record Text(String text) implements Value {
        @Override
        public String toString() {
            return Json.quote(text);
        }
    }

    /** {@code true} or {@code false}. */
    enum Bool implements Value {
        TRUE,
        FALSE;

        /** The constant for {@code value}. */
        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String toString() {
            return this == TRUE ? "true" : "false";
        }
    }

    /** {@code null}: a field that is there and holds nothing. */
    enum Null implements Value {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }
}
