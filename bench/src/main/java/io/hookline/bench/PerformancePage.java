package io.hookline.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.bench.report.Benchmark;
import io.hookline.bench.report.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@code docs/performance.md} of the lines that {@code hookline bench} ends with. The newest line of each benchmark counts. */
final class PerformancePage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEAD = """
            # Performance

            Generated from `docs/performance.jsonl`, the last lines of `hookline bench NAME --json`; a test fails where it differs. How it is measured, and
            why so: [decisions/benchmarks.md](decisions/benchmarks.md). A ratio compares two things that ran in one run, in turns. Figures of a
            busy machine (load over a quarter of its cores when the run began) and of `--quick` runs are refused.

            To measure anew: `hookline bench NAME --json | tail -n 1 >> docs/performance.jsonl`, then
            `mvn -q verify -pl bench -am -Dquick -DskipTests=false -Dtest=PerformancePageTest -Dsurefire.jvm.args=-Dgolden.write=true
            -Dsurefire.failIfNoSpecifiedTests=false -DskipITs`.
            """;

    private PerformancePage() {}

    /**
     * The page.
     *
     * @param lines JSON lines, oldest first
     * @throws IllegalArgumentException where a line is no result, or one that must not be published
     */
    static String of(List<Benchmark> benchmarks, List<String> lines) {
        Map<String, JsonNode> newest = new LinkedHashMap<>();
        for (String line : lines) {
            JsonNode result = parse(line);
            newest.put(result.path("bench").asText(), result);
        }
        StringBuilder page = new StringBuilder(HEAD);
        for (Benchmark benchmark : benchmarks) {
            page.append("\n## ").append(benchmark.name()).append("\n\n");
            page.append("`hookline bench ")
                    .append(benchmark.name())
                    .append("`: ")
                    .append(benchmark.description())
                    .append(".\n\n");
            JsonNode result = newest.get(benchmark.name());
            page.append(
                    result == null ? "Not measured on a quiet machine yet.\n\n" : measuredOn(result.path("machine")));
            page.append("| figure | must reach |")
                    .append(result == null ? "" : " measured | reached |")
                    .append('\n');
            page.append("|---|---|").append(result == null ? "" : "---|---|").append('\n');
            benchmark.targets().forEach(target -> page.append(row(target, result)));
            page.append(benchmark.notes().isEmpty() ? "" : "\n").append(benchmark.notes());
        }
        return page.toString();
    }

    private static JsonNode parse(String line) {
        JsonNode result;
        try {
            result = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a line of JSON: " + line, e);
        }
        JsonNode machine = result.path("machine");
        if (!result.hasNonNull("bench") || !result.path("figures").isObject() || !machine.hasNonNull("date")) {
            throw new IllegalArgumentException("Not the last line of a benchmark: " + line);
        }
        double load = machine.path("loadBefore").asDouble();
        int cores = machine.path("cores").asInt();
        if (machine.path("quick").asBoolean() || load > cores / 4.0) {
            throw new IllegalArgumentException("Not to be published, the run of "
                    + machine.path("date").asText() + " was quick or on a busy machine (load " + load + " on " + cores
                    + " cores): measure again.");
        }
        return result;
    }

    private static String measuredOn(JsonNode machine) {
        return machine.path("date").asText() + " on " + machine.path("cpu").asText() + ", "
                + machine.path("cores").asText() + " cores, "
                + machine.path("memoryGiB").asText() + " GiB, "
                + machine.path("os").asText() + ", " + machine.path("java").asText() + "; Kafka "
                + machine.path("kafka").asText() + ", event-ruler "
                + machine.path("eventRuler").asText()
                + more(machine, "sink", "sink")
                + more(machine, "parallel-consumer", "parallelConsumer")
                + more(machine, "spring-kafka", "springKafka") + ".\n\n";
    }

    private static String more(JsonNode machine, String name, String fact) {
        return machine.hasNonNull(fact) ? ", " + name + " " + machine.path(fact).asText() : "";
    }

    private static String row(Target target, @Nullable JsonNode result) {
        String bare = "| `" + target.key() + "` | " + target + " |";
        if (result == null) {
            return bare + "\n";
        }
        JsonNode figure = result.path("figures").path(target.key());
        return figure.isNumber()
                ? bare + " " + figure.asText() + " | " + (target.isReached(figure.doubleValue()) ? "yes" : "**no**")
                        + " |\n"
                : bare + " | |\n";
    }
}
