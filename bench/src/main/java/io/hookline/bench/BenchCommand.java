package io.hookline.bench;

import io.hookline.bench.deliverer.CeilingBenchmark;
import io.hookline.bench.deliverer.DelivererBenchmark;
import io.hookline.bench.latency.LatencyBenchmark;
import io.hookline.bench.report.Benchmark;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Machine;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import io.hookline.bench.router.RouterBenchmark;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.CommonOptions;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hookline bench}. */
@Command(
        name = "bench",
        description = {
            "Measure baselines, peers and Hookline in one run on this machine.",
            "",
            "NAME is router, deliverer, latency or ceiling (the baselines alone). Everything that is compared has its turn in every round, after rounds of warm-up. Starts its own"
                    + " Kafka; processes, topics and files are gone at the end. Prints a table of what was measured, one of the figures"
                    + " with what they must reach, and as the last line {\"bench\":NAME,\"figures\":{…},\"machine\":{…}}."
        },
        footer = {
            "",
            "Examples:",
            "  hookline bench router --json",
            "  hookline bench deliverer --quick --only rate_vs_bare_client"
        })
public final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "Which benchmark.")
    String name = "";

    @Option(
            names = "--only",
            paramLabel = "KEY",
            split = ",",
            description = "Only scenarios that measure this figure; may be repeated.")
    List<String> only = List.of();

    @Option(names = "--quick", description = "Fewer and shorter rounds, for a look while developing.")
    boolean quick;

    @Mixin
    CommonOptions common = new CommonOptions();

    public BenchCommand(Console console) {
        this.console = console;
    }

    /** All of them. */
    static List<Benchmark> all() {
        return List.of(
                RouterBenchmark.create(),
                DelivererBenchmark.create(),
                LatencyBenchmark.create(),
                CeilingBenchmark.create());
    }

    @Override
    public Integer call() throws Exception {
        Benchmark benchmark = benchmark();
        List<Scenario> scenarios = scenarios(benchmark);
        Machine machine = new Machine();
        if (machine.isBusy()) {
            console.warn(String.format(
                    Locale.ROOT,
                    "the machine is busy (load %.1f on %d cores): what is measured now says little.",
                    machine.loadBefore(),
                    machine.cores()));
        }
        long startedNs = System.nanoTime();
        Report report = new Report();
        for (Scenario scenario : scenarios) {
            Effort effort = new Effort(
                    quick,
                    text -> console.say(String.format(
                            Locale.ROOT,
                            "%7.1f s  %s: %s",
                            (System.nanoTime() - startedNs) / 1e9,
                            scenario.name(),
                            text)));
            scenario.run(effort, report);
            requireAll(scenario, report);
        }
        new Results(console, benchmark, report, machine, quick).print(common.json());
        return ExitCode.OK;
    }

    private Benchmark benchmark() {
        return all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "There is no benchmark '" + name + "': "
                                + all().stream().map(Benchmark::name).collect(Collectors.joining(", ")) + "."));
    }

    private List<Scenario> scenarios(Benchmark benchmark) {
        Set<String> known = new LinkedHashSet<>();
        benchmark.targets().forEach(target -> known.add(target.key()));
        for (String key : only) {
            if (!known.contains(key)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "Benchmark " + benchmark.name() + " has no figure '" + key + "': " + String.join(", ", known)
                                + ".");
            }
        }
        List<Scenario> chosen = new ArrayList<>(benchmark.scenarios());
        chosen.removeIf(scenario ->
                !only.isEmpty() && scenario.targets().stream().map(Target::key).noneMatch(only::contains));
        return chosen;
    }

    private static void requireAll(Scenario scenario, Report report) {
        for (Target target : scenario.targets()) {
            if (!report.figures().containsKey(target.key())) {
                throw new IllegalStateException(
                        "Scenario " + scenario.name() + " has not reported its figure " + target.key() + ".");
            }
        }
    }
}
