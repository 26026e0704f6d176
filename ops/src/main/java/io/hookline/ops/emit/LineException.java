package io.hookline.ops.emit;

/** A line is no event. Caught where the line's number is known. */
final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int column;

    /**
     * @param column from 1; 0 where the line as a whole is meant
     */
    LineException(int column, String message) {
        super(message);
        this.column = column;
    }

    int column() {
        return column;
    }
}
