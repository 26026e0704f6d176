package io.hookline.ops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TableTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(
            new ByteArrayInputStream(new byte[0]), new PrintStream(out, true, UTF_8), System.err, false, name -> null);

    @Test
    void shouldAlignColumnsAndKeepEveryRowOnOneLine() {
        Table table = new Table(console, "ID", ">COUNT", "TEXT");
        table.row("a", 5, "one\ntwo\u001b[31m");
        table.row("longer", 12_345, null);
        table.row("😀é", 1, "x".repeat(200));
        table.end();

        assertThat(out.toString(UTF_8)).isEqualTo("""
                ID      COUNT  TEXT
                a           5  one two [31m
                longer  12345  -
                😀é          1  %s…
                """.formatted("x".repeat(79)));
    }

    @Test
    void shouldPrintNothingWithoutRows() {
        new Table(console, "A").end();

        assertThat(out.size()).isZero();
    }

    @Test
    void shouldStreamLongTables() {
        Table table = new Table(console, "N");
        for (int i = 0; i < 1_000; i++) {
            table.row(i);
        }
        int printed = out.toString(UTF_8).lines().toList().size();
        table.row("a longer one than was measured");
        table.end();

        assertThat(printed).isEqualTo(1_001);
        assertThat(out.toString(UTF_8)).endsWith("999\na longer one than was measured\n");
    }
}
