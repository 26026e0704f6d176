package io.hookline.ops.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of text: upper-case headings, two spaces between columns, nothing else, so that it can be cut and grepped. A heading that
 * starts with {@code >} is aligned to the right. Long tables are laid out by their first {@value #MEASURED_ROWS} rows and then stream.
 */
public final class Table {
    private static final int MEASURED_ROWS = 1_000;
    private static final int CELL_CHARACTERS_MAX = 80;

    private final Console console;
    private final String[] headings;
    private final boolean[] right;
    private final int[] widths;
    private final List<String[]> held = new ArrayList<>();
    private boolean laidOut;
    private long rows;

    public Table(Console console, String... columns) {
        this.console = console;
        this.headings = new String[columns.length];
        this.right = new boolean[columns.length];
        this.widths = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            right[i] = columns[i].startsWith(">");
            headings[i] = right[i] ? columns[i].substring(1) : columns[i];
            widths[i] = headings[i].length();
        }
    }

    /** Adds a row; null and empty cells become {@code -}. */
    public void row(@Nullable Object... cells) {
        if (cells.length != headings.length) {
            throw new IllegalArgumentException(cells.length + " cells for columns " + Arrays.toString(headings));
        }
        String[] texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = cell(cells[i]);
        }
        rows++;
        if (laidOut) {
            print(texts);
            return;
        }
        held.add(texts);
        if (held.size() >= MEASURED_ROWS) {
            layOut();
        }
    }

    /** Prints the headings now and each row as it comes, in columns that are at least this wide. */
    public void begin(int... least) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], least[i]);
        }
        layOut();
        console.out().flush();
    }

    /** Prints what is not printed yet. A table without rows prints nothing. */
    public void end() {
        if (!laidOut && rows > 0) {
            layOut();
        }
        console.out().flush();
    }

    /** How many rows were added. */
    public long rows() {
        return rows;
    }

    private void layOut() {
        for (String[] row : held) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        laidOut = true;
        print(headings);
        held.forEach(this::print);
        held.clear();
    }

    private void print(String[] row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String padding = " ".repeat(Math.max(0, widths[i] - row[i].codePointCount(0, row[i].length())));
            line.append(i == 0 ? "" : "  ").append(right[i] ? padding + row[i] : row[i] + padding);
        }
        console.out().println(line.toString().stripTrailing());
    }

    /** One line, no control characters (a terminal would obey them), cut where it is long. */
    private static String cell(@Nullable Object value) {
        String text = value == null
                ? ""
                : value.toString().replaceAll("\\p{Cntrl}", " ").strip();
        if (text.isEmpty()) {
            return "-";
        }
        return text.codePointCount(0, text.length()) <= CELL_CHARACTERS_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CELL_CHARACTERS_MAX - 1)) + "…";
    }
}
