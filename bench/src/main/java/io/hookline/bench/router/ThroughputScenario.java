package io.hookline.bench.router;

import io.hookline.bench.kafka.Backlog;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Contestant;
import io.hookline.bench.measure.Measured;
import io.hookline.bench.measure.Rounds;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Routed events a second at fan-out 1, with 1,000 and with 1,000,000 subscriptions of distinct equality filters, against a bare Streams
 * topology with the same settings that copies the same records. Each has its own process and topics.
 */
final class ThroughputScenario implements Scenario {
    private static final int EVENTS = 200_000;
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final String BARE = "pass-through";
    private static final String ROUTER_FEW = "router, 1k subscriptions";
    private static final String ROUTER_MANY = "router, 1m subscriptions";

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atLeast("throughput_vs_passthrough", 0.8, ""), Target.atLeast("throughput_1m_vs_1k", 0.7, ""));
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        int events = effort.isQuick() ? EVENTS / 4 : EVENTS;
        try (Stage stage = new Stage()) {
            Contestant bare = contestant(stage, BARE, "bare.", 0, effort, events);
            Contestant few = contestant(stage, ROUTER_FEW, "few.", FEW, effort, events);
            Contestant many = contestant(stage, ROUTER_MANY, "many.", effort.scaled(MANY), effort, events);
            Rounds rounds = Rounds.run(List.of(bare, few, many), effort.warmUps(), effort.rounds(), effort::say);
            report.rows(name(), "events", rounds, BARE, List.of(BARE, ROUTER_FEW, ROUTER_MANY));
            report.figure(
                    "throughput_vs_passthrough", rounds.ratio(ROUTER_FEW, BARE).median());
            report.figure(
                    "throughput_1m_vs_1k", rounds.ratio(ROUTER_MANY, ROUTER_FEW).median());
        }
    }

    /**
     * A contestant, its process running.
     *
     * @param subscriptions how many; 0 for the bare topology
     */
    private static Contestant contestant(
            Stage stage, String name, String prefix, int subscriptions, Effort effort, int events)
            throws ExecutionException, InterruptedException, TimeoutException {
        effort.say("preparing " + name);
        Installation installation = new Installation(stage, prefix, false);
        installation.subscribe(
                subscriptions, i -> Installation.subscription(Installation.id(i), Installation.ofCustomer(i)));
        Role.Kind kind = subscriptions == 0 ? Role.Kind.PASS_THROUGH : Role.Kind.ROUTER;
        Child process = stage.add(Child.startReady(kind, installation.settings()));
        Backlog backlog =
                stage.add(new Backlog(installation, installation.names().routerGroup(), process));
        int customers = subscriptions == 0 ? FEW : subscriptions;
        Random random = new Random(events);
        return Contestant.of(name, () -> run(backlog, events, customers, random));
    }

    private static Measured run(Backlog backlog, int events, int customers, Random random) {
        try {
            return backlog.run(events, i -> random.nextInt(customers));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
