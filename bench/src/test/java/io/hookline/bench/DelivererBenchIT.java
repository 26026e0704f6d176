package io.hookline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.bench.deliverer.CeilingBenchmark;
import io.hookline.bench.deliverer.DelivererBenchmark;
import io.hookline.bench.report.Benchmark;
import io.hookline.ops.Hookline;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario runs, with real processes, and the last line has all its figures. What they are says nothing here. The baselines run in every
 * build; all of the deliverer's scenarios take minutes even in their quick form, and run with {@code -Dbench.all}.
 */
class DelivererBenchIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Stream<Benchmark> benchmarks() {
        Stream<Benchmark> all = Stream.of(CeilingBenchmark.create(), DelivererBenchmark.create());
        return System.getProperty("bench.all") == null ? all.limit(1) : all;
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void shouldPrintAllItsFigures(Benchmark benchmark) throws Exception {
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                false,
                name -> null);
        int exit = Hookline.run(
                console, List.of(new BenchCommand(console)), "bench", benchmark.name(), "--quick", "--json");
        assertThat(exit).isEqualTo(ExitCode.OK);
        JsonNode line = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(line.get("bench").textValue()).isEqualTo(benchmark.name());
        for (var target : benchmark.targets()) {
            assertThat(line.get("figures").get(target.key()).isNumber())
                    .as(target.key())
                    .isTrue();
        }
        assertThat(line.get("figures")).hasSameSizeAs(benchmark.targets());
    }
}
