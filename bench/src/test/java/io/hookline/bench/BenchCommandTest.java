package io.hookline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.bench.deliverer.DelivererBenchmark;
import io.hookline.bench.measure.Summary;
import io.hookline.bench.report.Benchmark;
import io.hookline.bench.report.Machine;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Target;
import io.hookline.bench.router.RouterBenchmark;
import io.hookline.ops.Hookline;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            name -> null);

    @Test
    void shouldAnswerForEveryFigureOfTheRouter() {
        assertThat(RouterBenchmark.create().targets().stream().map(Target::key))
                .containsExactly(
                        "match_equality_vs_event_ruler",
                        "match_numeric_vs_event_ruler",
                        "index_bytes_per_subscription",
                        "throughput_vs_passthrough",
                        "throughput_1m_vs_1k",
                        "fanout_100k_deliveries_per_s",
                        "fanout_100k_bytes",
                        "restore_1m_s",
                        "latency_eos_p50_ms",
                        "latency_eos_p99_ms",
                        "latency_alos_p50_ms",
                        "latency_alos_p99_ms");
    }

    @Test
    void shouldAnswerForEveryFigureOfTheDeliverer() {
        assertThat(DelivererBenchmark.create().targets().stream().map(Target::toString))
                .hasSize(15)
                .contains(">= 0.7", "<= 15 s", "<= 0.06 ms");
        assertThat(DelivererBenchmark.create().targets().stream().map(Target::key))
                .containsExactly(
                        "rate_vs_bare_client",
                        "rate_vs_parallel_consumer",
                        "rate_vs_spring_kafka",
                        "rate_vs_share_group",
                        "cpu_ms_per_delivery",
                        "rate_vs_slots_200ms",
                        "healthy_rate_dead10",
                        "healthy_p99_dead10",
                        "healthy_rate_slow1",
                        "healthy_p99_slow1",
                        "retry_late_p99_ms",
                        "retry_early_ms",
                        "takeover_s",
                        "heap_1m_vs_10k_waiting",
                        "catch_up_vs_steady");
    }

    @Test
    void shouldGiveEveryFigureItsOwnKey() {
        Set<String> keys = new HashSet<>();
        for (Benchmark benchmark : BenchCommand.all()) {
            benchmark
                    .targets()
                    .forEach(target ->
                            assertThat(keys.add(target.key())).as(target.key()).isTrue());
        }
    }

    @Test
    void shouldNameTheBenchmarksWhereThereIsNoSuch() {
        assertThat(run("bench", "speed")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'speed'", "router", "latency");
    }

    @Test
    void shouldNameTheFiguresWhereThereIsNoSuch() {
        assertThat(run("bench", "router", "--only", "fast")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'fast'", "restore_1m_s");
    }

    @Test
    void shouldEndWithOneLineOfJson() throws Exception {
        print(false);
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
        JsonNode json = new ObjectMapper().readTree(lines[lines.length - 2]);
        assertThat(json.get("bench").textValue()).isEqualTo("router");
        assertThat(json.get("figures").get("restore_1m_s").doubleValue()).isEqualTo(12.35);
        assertThat(json.get("figures").get("fanout_100k_bytes").toString()).isEqualTo("2857123");
        assertThat(json.get("machine").get("cores").intValue()).isPositive();
        assertThat(json.get("machine").get("quick").booleanValue()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("restore_1m_s +12.35 +<= 15 s +yes");
    }

    @Test
    void shouldPrintNothingButJsonWhereThatIsWanted() {
        print(true);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"bench\":\"router\"")
                .hasLineCount(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("SCENARIO", "restore");
    }

    private void print(boolean jsonAlone) {
        Report report = new Report();
        report.row("restore", "router", "s", Summary.of(12.345_6, 13, 11));
        report.figure("restore_1m_s", 12.345_6);
        report.figure("fanout_100k_bytes", 2_857_123);
        new Results(console, RouterBenchmark.create(), report, new Machine(), true).print(jsonAlone);
    }

    private int run(String... arguments) {
        return Hookline.run(console, List.of(new BenchCommand(console)), arguments);
    }
}
