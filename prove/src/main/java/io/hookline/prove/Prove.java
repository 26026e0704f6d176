package io.hookline.prove;

import io.hookline.prove.check.Checker;
import io.hookline.prove.check.Evidence;
import io.hookline.prove.check.Findings;
import io.hookline.prove.check.History;
import io.hookline.prove.check.Problem;
import io.hookline.prove.evidence.Collector;
import io.hookline.prove.evidence.Drain;
import io.hookline.prove.load.EventMaker;
import io.hookline.prove.load.Partner;
import io.hookline.prove.load.Workload;
import io.hookline.prove.process.Await;
import io.hookline.prove.process.Cluster;
import io.hookline.prove.process.Jvms;
import io.hookline.prove.process.Ports;
import io.hookline.prove.process.RunDirectory;
import io.hookline.prove.process.Services;
import io.hookline.prove.receive.Behaviour;
import io.hookline.prove.receive.Receivers;
import io.hookline.prove.scenario.Scenario;
import io.hookline.prove.scenario.Stage;
import io.hookline.prove.scenario.Step;
import io.hookline.testkit.registry.DevRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One run, from an empty directory to a verdict. */
public final class Prove {
    private static final String ACKNOWLEDGED = "acknowledged.log";
    private static final String REQUESTS = "requests.log";
    private static final long PROGRESS_NS = 5_000_000_000L;

    private final ProveRequest request;
    private final Consumer<String> say;
    private final long startedNanos = System.nanoTime();
    private final Scenario scenario;
    private final Scenario.Shape shape;
    private final List<Partner> partners;
    private final SplittableRandom random;
    private final RunDirectory directory;
    private final Jvms jvms;
    private final Ports ports = new Ports();

    private Prove(ProveRequest request, Consumer<String> say) {
        this.request = request;
        this.say = say;
        this.scenario = request.scenario();
        this.shape = scenario.shape();
        this.partners = scenario.partners(request.seed());
        this.random = new SplittableRandom(request.seed());
        this.directory = RunDirectory.create(scenario.name() + "-" + request.seed());
        this.jvms = new Jvms(directory);
    }

    /**
     * Runs it. Blocks for minutes. All processes that it starts are gone when it returns, throws, or this process is told to end.
     *
     * @param say told what happens, a line at a time
     * @throws IllegalStateException where the run itself did not work: nothing is proved then
     */
    public static ProveResult run(ProveRequest request, Consumer<String> say) {
        Prove prove = new Prove(request, say);
        Thread hook = new Thread(() -> prove.end(request.isKept()), "prove-end");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean isKept = true;
        try {
            ProveResult result = prove.run();
            isKept = request.isKept() || !result.isOk();
            return result;
        } finally {
            if (isKept) {
                say.accept("everything of this run is in " + prove.directory.path());
            }
            prove.end(isKept);
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends already, and the hook with it.
            }
        }
    }

    private void end(boolean isKept) {
        jvms.close();
        if (!isKept) {
            directory.delete();
        }
    }

    private ProveResult run() {
        step("starting three brokers in " + directory.path());
        Cluster cluster = Cluster.start(jvms, directory, ports);
        Map<String, String> connection = new HashMap<>();
        connection.put("bootstrap.servers", cluster.bootstrapServers());
        try (DevRegistry registry = DevRegistry.start(cluster.bootstrapServers())) {
            connection.put("schema.registry.url", registry.url());
            Services services = new Services(jvms, directory, request.mainClass(), connection);
            long startedAtMs = System.currentTimeMillis();
            long unfinished = perform(cluster, services, connection);
            return judge(connection, services, startedAtMs, unfinished);
        }
    }

    /** All of it but the verdict; the receivers' log is complete afterwards. */
    private long perform(Cluster cluster, Services services, Map<String, String> connection) {
        try (Receivers receivers = Receivers.start(ports, directory.file(REQUESTS))) {
            Stage stage = new Stage(cluster, services, receivers);
            prepare(stage, connection);
            load(stage, connection);
            heal(stage);
            long unfinished = drain(connection);
            end(services);
            return unfinished;
        }
    }

    private void prepare(Stage stage, Map<String, String> connection) {
        Services services = stage.services();
        String servers = String.valueOf(connection.get("bootstrap.servers"));
        String registry = String.valueOf(connection.get("schema.registry.url"));
        step("creating topics");
        services.command(
                "topics", "topics", "create", "--bootstrap-server", servers, "--partitions", "" + shape.partitions());
        List<String> arguments = new ArrayList<>(List.of("topics", "create", "--bootstrap-server", servers));
        EventMaker.TYPES.forEach(type -> arguments.addAll(List.of("--event-type", type)));
        services.command("topics", arguments.toArray(String[]::new));
        step("starting " + shape.routers() + " routers and " + shape.deliverers() + " deliverers");
        names().forEach(services::start);
        step("registering " + partners.size() + " subscriptions");
        SplittableRandom secrets = random.split();
        StringBuilder documents = new StringBuilder();
        for (Partner partner : partners) {
            Receivers.Address address = stage.receivers().endpoint(partner.id(), partner.behaviour(), secrets);
            documents
                    .append(documents.isEmpty() ? "" : "---\n")
                    .append(partner.document(address.url(), address.secret()));
        }
        String file =
                directory.write("subscriptions.yaml", documents.toString()).toString();
        services.awaitRunning();
        services.command(
                "subscriptions",
                "subscriptions",
                "apply",
                file,
                "--bootstrap-server",
                servers,
                "--registry-url",
                registry,
                "--wait-timeout",
                "90s");
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= shape.routers(); i++) {
            names.add(Services.router(i));
        }
        for (int i = 1; i <= shape.deliverers(); i++) {
            names.add(Services.deliverer(i));
        }
        return names;
    }

    private void load(Stage stage, Map<String, String> connection) {
        Map<String, String> settings = new HashMap<>(connection);
        settings.put("event.source", "/prove/" + scenario.name());
        EventMaker maker = new EventMaker(random.split(), shape.keys());
        List<Step> faults = scenario.faults(random.split());
        step("emitting " + (int) shape.eventsPerSecond() + " events a second for "
                + shape.load().toSeconds() + " s");
        try (Workload workload =
                Workload.start(settings, maker, shape.eventsPerSecond(), directory.file(ACKNOWLEDGED))) {
            long begin = System.nanoTime();
            for (Step fault : faults) {
                pauseUntil(begin, fault.atMs());
                step("(" + workload.emitted() + " events) " + fault.what());
                stage.services().supervise();
                fault.action().accept(stage);
            }
            pauseUntil(begin, shape.load().toMillis());
            workload.finish();
            step(workload.emitted() + " events are acknowledged, " + workload.failed() + " were not");
        }
    }

    private static void pauseUntil(long beginNanos, long atMs) {
        Duration left = Duration.ofMillis(atMs).minusNanos(System.nanoTime() - beginNanos);
        if (!left.isNegative()) {
            Await.pause(left);
        }
    }

    private void heal(Stage stage) {
        step("healing everything");
        stage.services().supervise();
        stage.cluster().heal();
        names().forEach(stage.services()::resume);
        names().forEach(stage.services()::start);
        stage.services().awaitRunning();
    }

    private long drain(Map<String, String> connection) {
        AtomicLong said = new AtomicLong(System.nanoTime());
        long unfinished = Drain.await(connection, EventMaker.TYPES, shape.idleMax(), open -> {
            if (System.nanoTime() - said.get() > PROGRESS_NS) {
                said.set(System.nanoTime());
                step(open + " deliveries are still open");
            }
        });
        step(
                unfinished == 0
                        ? "every delivery has ended; watching for what should not come"
                        : unfinished + " deliveries do not end");
        Await.pause(shape.quiet());
        return unfinished;
    }

    private void end(Services services) {
        services.supervise();
        step("ending the services");
        services.running().stream().parallel().forEach(services::terminate);
    }

    private ProveResult judge(Map<String, String> connection, Services services, long startedAtMs, long unfinished) {
        step("checking");
        Set<String> silent = new HashSet<>();
        partners.stream()
                .filter(partner -> partner.behaviour() instanceof Behaviour.Hostile)
                .forEach(partner -> silent.add(partner.id()));
        Evidence evidence = Collector.collect(
                connection,
                EventMaker.TYPES,
                id -> !silent.contains(id),
                directory.file(ACKNOWLEDGED),
                directory.file(REQUESTS),
                services.interruptions(),
                startedAtMs);
        Findings findings = Checker.check(evidence);
        List<List<String>> histories = new ArrayList<>();
        for (Problem.Kind kind : Problem.Kind.values()) {
            History.shortest(evidence, findings, kind).ifPresent(histories::add);
        }
        return new ProveResult(
                scenario.name(), request.seed(), findings, unfinished, services.unclean(), histories, seconds());
    }

    private void step(String text) {
        say.accept(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), text));
    }

    private double seconds() {
        return Math.round((System.nanoTime() - startedNanos) / 1e8) / 10.0;
    }
}
