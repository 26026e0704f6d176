package io.hookline.bench;

import io.hookline.bench.report.Benchmark;
import io.hookline.bench.report.Machine;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Target;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what a benchmark found. */
record Results(Console console, Benchmark benchmark, Report report, Machine machine, boolean isQuick) {
    private static final int DIGITS = 4;

    /**
     * Prints tables and the JSON line.
     *
     * @param jsonAlone whether only the JSON line goes to standard output, and the tables to standard error
     */
    void print(boolean jsonAlone) {
        Console tables = jsonAlone
                ? new Console(console.in(), console.err(), console.err(), false, console.environment())
                : console;
        measurements(tables);
        tables.line("");
        figures(tables);
        tables.line("");
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", benchmark.name());
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        report.figures().forEach((key, value) -> numbers.put(key, rounded(value)));
        line.put("figures", numbers);
        Map<String, Object> facts = machine.facts();
        facts.putAll(report.facts());
        if (isQuick) {
            facts.put("quick", true);
        }
        line.put("machine", facts);
        console.json(line);
    }

    private void measurements(Console to) {
        Table table = new Table(
                to,
                "SCENARIO",
                "CONTESTANT",
                ">MEDIAN",
                "UNIT",
                ">SPREAD",
                ">RATIO",
                ">SPREAD",
                ">CPU US/UNIT",
                ">BYTES/UNIT");
        for (Report.Row row : report.rows()) {
            table.row(
                    row.scenario(),
                    row.contestant(),
                    text(row.value().median()),
                    row.unit(),
                    spread(row.value().spread()),
                    row.ratio() == null ? "" : text(row.ratio().median()),
                    row.ratio() == null ? "" : spread(row.ratio().spread()),
                    text(row.cpuUsPerUnit()),
                    text(row.bytesPerUnit()));
        }
        table.end();
    }

    private void figures(Console to) {
        Table table = new Table(to, "FIGURE", ">VALUE", "MUST REACH", "REACHED");
        for (Target target : benchmark.targets()) {
            Double value = report.figures().get(target.key());
            if (value != null) {
                table.row(target.key(), text(value), target.toString(), target.isReached(value) ? "yes" : "NO");
            }
        }
        table.end();
    }

    private static String spread(double share) {
        return "±" + Math.round(share * 100) + "%";
    }

    private static String text(double number) {
        return Double.isNaN(number) ? "" : rounded(number).toPlainString();
    }

    /** To four digits, whole numbers never shortened. */
    static BigDecimal rounded(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        BigDecimal rounded = Math.abs(number) >= 1_000
                ? BigDecimal.valueOf(Math.round(number))
                : exact.round(new MathContext(DIGITS));
        BigDecimal bare = rounded.stripTrailingZeros();
        return bare.scale() < 0 ? bare.setScale(0) : bare;
    }
}
