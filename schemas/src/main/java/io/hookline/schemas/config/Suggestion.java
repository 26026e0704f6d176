package io.hookline.schemas.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Guesses which key was meant. */
public final class Suggestion {
    /** Longer texts than any key are not compared. */
    private static final int LENGTH_MAX = 120;

    private Suggestion() {}

    /** The known key that is closest, if one is close enough to be what was meant. */
    public static Optional<String> nearest(String key, Set<String> known) {
        if (key.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String wanted = plain(key);
        int closest = Math.max(1, wanted.length() / 5) + 1;
        Optional<String> best = Optional.empty();
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(wanted, plain(candidate));
            if (distance < closest) {
                closest = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /** Spelling by which {@code BOOTSTRAP_SERVERS} and {@code bootstrap.servers} are the same. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment distance). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
