package io.hookline.ops.emit;

/**
 * Why a line is no event.
 *
 * @param source file, or what stands for it
 * @param line from 1
 * @param column from 1; 0 where the line as a whole is meant
 * @param text what is wrong, and the mend
 */
public record LineProblem(String source, long line, int column, String text) {
    @Override
    public String toString() {
        return source + ":" + line + (column > 0 ? ":" + column : "") + ": " + text;
    }
}
