package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a wildcard: {@code *} for any characters, {@code \*} and {@code \\} for a star and a backslash. */
final class WildcardParser {
    private WildcardParser() {}

    static @Nullable Wildcard parse(String text, Place at, FilterLimits limits, Problems problems) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                if (i > 0 && piece.isEmpty() && !pieces.isEmpty()) {
                    problems.add(at, Json.quote(text), "no two stars side by side; one matches any characters");
                    return null;
                }
                pieces.add(piece.toString());
                piece.setLength(0);
            } else if (c != '\\') {
                piece.append(c);
            } else if (i + 1 < text.length() && (text.charAt(i + 1) == '*' || text.charAt(i + 1) == '\\')) {
                piece.append(text.charAt(++i));
            } else {
                problems.add(at, Json.quote(text), "a backslash only before * or another backslash");
                return null;
            }
        }
        pieces.add(piece.toString());
        if (pieces.size() - 1 > limits.starsMax()) {
            problems.limit(at, pieces.size() - 1 + " stars", "starsMax", limits.starsMax(), "stars in a wildcard");
            return null;
        }
        return new Wildcard(text, pieces);
    }
}
