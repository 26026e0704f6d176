package io.hookline.deploy.prove;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.CommonOptions;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Table;
import io.hookline.prove.Prove;
import io.hookline.prove.ProveRequest;
import io.hookline.prove.ProveResult;
import io.hookline.prove.scenario.Scenario;
import io.hookline.prove.scenario.Scenarios;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hookline prove}. */
@Command(
        name = "prove",
        description = {
            "Try to break the promises: run everything as real processes, kill and stop them under load, and count what was lost.",
            "",
            "Starts three Kafka brokers, routers and deliverers on this machine, receivers of every kind, and a load of events; does to"
                    + " them what the scenario and the seed say; waits until every delivery has ended; then compares the event topics"
                    + " with the receivers' own logs. Ends with a verdict; exit code 0 only when every promise was kept. Needs about"
                    + " 4 GiB of memory, and the command 'kill'. What every scenario does, and how to read the verdict: docs/prove.md."
        },
        footer = {"", "Examples:", "  hookline prove short --json", "  hookline prove crash --seed 7 --keep"})
public final class ProveCommand implements Callable<Integer> {
    private static final int PROBLEMS_SHOWN_MAX = 20;
    private static final int SEED_END = 1_000_000;
    private static final int MINUTES_MAX = 7 * 24 * 60;

    private final Console console;
    private final String mainClass;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCENARIO",
            defaultValue = Scenarios.SHORT,
            description = "short, crash, rebalance, zombie, outage, broker, herd or soak. Default: short.")
    String name = Scenarios.SHORT;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Repeats the events, the receivers and the schedule of faults of another run. Default: a random one.")
    @Nullable
    Long seed;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long soak keeps up its load. Default: 30.")
    int minutes;

    @Option(
            names = "--keep",
            description =
                    "Keep the directory of the run, with all data and logs. It is kept anyway where a promise is broken.")
    boolean keep;

    @Mixin
    CommonOptions common = new CommonOptions();

    /**
     * @param mainClass of the command that runs routers and deliverers
     */
    public ProveCommand(Console console, String mainClass) {
        this.console = console;
        this.mainClass = mainClass;
    }

    @Override
    public Integer call() {
        Scenario scenario = scenario();
        long chosen = seed == null ? new SecureRandom().nextInt(SEED_END) : seed;
        console.say("proving " + name + " with --seed " + chosen);
        ProveResult result = Prove.run(new ProveRequest(scenario, chosen, keep, mainClass), console::say);
        result.problems(PROBLEMS_SHOWN_MAX).forEach(console::say);
        result.unclean().forEach(console::say);
        result.histories().forEach(history -> {
            console.say("");
            history.forEach(console::say);
        });
        if (common.json()) {
            console.json(result.toMap());
        } else {
            print(result);
        }
        return result.isOk() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Scenario scenario() {
        Scenarios.whyNotYet(name).ifPresent(why -> {
            throw new CommandException(ExitCode.USAGE, "Scenario '" + name + "' cannot run yet: " + why);
        });
        if (minutes < 1 || minutes > MINUTES_MAX) {
            throw new CommandException(
                    ExitCode.USAGE, "--minutes " + minutes + " is not usable: choose 1 to " + MINUTES_MAX + ".");
        }
        return Scenarios.find(name, Duration.ofMinutes(minutes))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "There is no scenario '" + name + "'. Choose one of " + String.join(", ", Scenarios.names())
                                + "."));
    }

    private void print(ProveResult result) {
        Table table = new Table(console, "WHAT", ">COUNT");
        for (Map.Entry<String, Object> entry : result.toMap().entrySet()) {
            table.row(entry.getKey(), entry.getValue());
        }
        table.end();
    }
}
