package io.hookline.schemas;

/** Makes text from outside fit to stand in a log line or an error message. Usable from any thread. */
public final class PlainText {
    private PlainText() {}

    /**
     * The text on one line: control characters, line separators and halves of surrogate pairs as {@code \}{@code uXXXX}, and cut, with
     * its length named, where it is longer than {@code charsMax}.
     */
    public static String oneLine(String text, int charsMax) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), charsMax) + 16);
        int end = Math.min(text.length(), charsMax);
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isSafe(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format("\\u%04x", c));
            }
        }
        if (end < text.length()) {
            out.append("... (").append(text.length()).append(" characters)");
        }
        return out.toString();
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
