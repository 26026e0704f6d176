package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in which each {@code *} of the pattern stands for any characters or none. The literal pieces are looked for from left to right,
 * each at its first place after the one before, which is enough because a star can take up any slack. Each piece is found by Knuth, Morris
 * and Pratt's algorithm, so a test takes time linear in the text, whatever the pattern.
 */
final class Wildcard implements TextMatcher {
    private final String pattern;
    private final String first;
    private final List<Piece> middle;
    private final String last;
    private final boolean starred;

    /**
     * Made of the literal pieces between stars; {@code pieces} has one more than the pattern has stars.
     *
     * @param pattern as the user wrote it, for messages
     */
    Wildcard(String pattern, List<String> pieces) {
        this.pattern = pattern;
        this.starred = pieces.size() > 1;
        this.first = pieces.get(0);
        this.last = pieces.get(pieces.size() - 1);
        List<Piece> between = new ArrayList<>();
        for (int i = 1; i < pieces.size() - 1; i++) {
            between.add(new Piece(pieces.get(i)));
        }
        this.middle = List.copyOf(between);
    }

    @Override
    public boolean test(String text) {
        if (!starred) {
            return text.equals(first);
        }
        int end = text.length() - last.length();
        if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (Piece piece : middle) {
            at = piece.endOfFirst(text, at, end);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "text like " + Json.quote(pattern);
    }

    /** A literal with its failure table: how much of it still fits after a mismatch. */
    private static final class Piece {
        private final String literal;
        private final int[] fallback;

        Piece(String literal) {
            this.literal = literal;
            this.fallback = new int[literal.length()];
            int fits = 0;
            for (int i = 1; i < literal.length(); i++) {
                while (fits > 0 && literal.charAt(i) != literal.charAt(fits)) {
                    fits = fallback[fits - 1];
                }
                fits += literal.charAt(i) == literal.charAt(fits) ? 1 : 0;
                fallback[i] = fits;
            }
        }

        /** Where the first occurrence within {@code text[from, to)} ends, or -1. */
        int endOfFirst(String text, int from, int to) {
            int fits = 0;
            for (int i = from; i < to; i++) {
                while (fits > 0 && text.charAt(i) != literal.charAt(fits)) {
                    fits = fallback[fits - 1];
                }
                fits += text.charAt(i) == literal.charAt(fits) ? 1 : 0;
                if (fits == literal.length()) {
                    return i + 1;
                }
            }
            return -1;
        }
    }
}
