package io.hookline.bench.report;

import java.util.function.Consumer;

/**
 * How much to measure.
 *
 * @param isQuick a look while developing: few and short rounds; its figures are not for publication
 * @param progress told what is going on, for people
 */
public record Effort(boolean isQuick, Consumer<String> progress) {
    /** Rounds thrown away. */
    public int warmUps() {
        return isQuick ? 1 : 3;
    }

    /** Rounds that count. */
    public int rounds() {
        return isQuick ? 3 : 7;
    }

    /** {@code full}, or a tenth of it, at least 1. */
    public int scaled(int full) {
        return isQuick ? Math.max(1, full / 10) : full;
    }

    public void say(String text) {
        progress.accept(text);
    }
}
