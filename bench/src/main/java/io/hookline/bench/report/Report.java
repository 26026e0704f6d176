package io.hookline.bench.report;

import io.hookline.bench.measure.Measured;
import io.hookline.bench.measure.Rounds;
import io.hookline.bench.measure.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what scenarios find out. */
public final class Report {
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

    /**
     * One line of the table.
     *
     * @param scenario what was done
     * @param contestant who did it
     * @param unit of {@code value}
     * @param value what was measured
     * @param ratio to the scenario's baseline; null for none
     * @param cpuUsPerUnit CPU microseconds a unit; NaN where it is not known
     * @param bytesPerUnit bytes allocated a unit; NaN where it is not known
     */
    public record Row(
            String scenario,
            String contestant,
            String unit,
            Summary value,
            @Nullable Summary ratio,
            double cpuUsPerUnit,
            double bytesPerUnit) {}

    /** A line of one number that has nothing to be compared with. */
    public void row(String scenario, String contestant, String unit, Summary value) {
        rows.add(new Row(scenario, contestant, unit, value, null, Double.NaN, Double.NaN));
    }

    /** A line a contestant: units a second, and its ratio to {@code baseline}. */
    public void rows(String scenario, String unit, Rounds rounds, String baseline, List<String> contestants) {
        for (String contestant : contestants) {
            rows.add(new Row(
                    scenario,
                    contestant,
                    unit + "/s",
                    rounds.summary(contestant, Measured::perSecond),
                    contestant.equals(baseline) ? null : rounds.ratio(contestant, baseline),
                    rounds.summary(contestant, Measured::cpuUsPerUnit).median(),
                    rounds.summary(contestant, Measured::bytesPerUnit).median()));
        }
    }

    /** A figure of the JSON line. */
    public void figure(String key, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("Figure " + key + " is " + value + ", which is no number.");
        }
        if (figures.putIfAbsent(key, value) != null) {
            throw new IllegalStateException("Figure " + key + " was reported twice.");
        }
    }

    /** A version, or what else a reader of the figures has to know of the software, for the JSON line's machine. */
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    /** By name, in the order reported. */
    public Map<String, String> facts() {
        return new LinkedHashMap<>(facts);
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** By key, in the order reported. */
    public Map<String, Double> figures() {
        return new LinkedHashMap<>(figures);
    }
}
