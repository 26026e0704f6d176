package io.hookline.deploy.demo;

import io.hookline.deliverer.sign.HmacSecret;
import io.hookline.deploy.embedded.EmbeddedStack;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.Progress;
import io.hookline.ops.dead.DeadLetterQuery;
import io.hookline.ops.dead.DeadReplay;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.RouterWatch;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The run of the demo, step by step. */
final class Demo implements AutoCloseable {
    static final long EVENTS = 9_276;
    static final long DELIVERIES = 12_644;

    private static final String SUBSCRIPTIONS = "/demo/subscriptions.yaml";
    private static final int PARTITIONS = 8;
    private static final Duration STEP_MAX = Duration.ofMinutes(3);
    private static final long LOOK_MS = 100;

    private final Console console;
    private final long startedNanos = System.nanoTime();
    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final List<Partner> partners;
    private final Partner audit;
    private final EmbeddedStack stack;
    private final KafkaConnection kafka;

    Demo(Console console) {
        this.console = console;
        SecureRandom random = new SecureRandom();
        audit = new Partner("audit", HmacSecret.generate(random), receiver, Scripts.status(500));
        partners = List.of(
                new Partner("crm", HmacSecret.generate(random), receiver, Scripts.ok()),
                new Partner("warehouse", HmacSecret.generate(random), receiver, Scripts.ok()),
                new Partner("vip", HmacSecret.generate(random), receiver, Scripts.ok()),
                new Partner("flaky", HmacSecret.generate(random), receiver, Scripts.failFirst(1, 503)),
                audit);
        try {
            stack = EmbeddedStack.start(
                    new EmbeddedStack.Options(null, 0, 0, PARTITIONS), Map.of(), part -> step("starting " + part));
            kafka = KafkaConnection.open(stack.connection());
        } catch (RuntimeException e) {
            receiver.close();
            throw e;
        }
    }

    /** Runs it all and draws up the ledger. */
    Ledger run() {
        subscribe();
        emit();
        awaitDeliveries();
        repairAndReplay();
        step("counting what receivers and topics say");
        return Ledger.draw(kafka, partners, seconds());
    }

    private void subscribe() {
        step("registering " + partners.size() + " subscriptions");
        SubscriptionDocument.Parsed parsed = SubscriptionDocument.parse("subscriptions.yaml", documents());
        if (!parsed.problems().isEmpty()) {
            throw new IllegalStateException("The demo's subscriptions are not valid: " + parsed.problems());
        }
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            Map<Integer, Long> written = new HashMap<>();
            service.apply(parsed.documents())
                    .forEach(outcome -> written.merge(outcome.partition(), outcome.offset(), Math::max));
            RouterWatch.Result result = new RouterWatch(kafka).await(written, STEP_MAX);
            if (!(result instanceof RouterWatch.Result.Applied)) {
                throw new IllegalStateException("The router has not taken over the subscriptions: " + result);
            }
        }
    }

    private String documents() {
        try (InputStream file = Demo.class.getResourceAsStream(SUBSCRIPTIONS)) {
            if (file == null) {
                throw new IllegalStateException(SUBSCRIPTIONS + " is not in the distribution.");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${receiver}", "http://127.0.0.1:" + receiver.port());
            for (Partner partner : partners) {
                text = text.replace(
                        "${secret." + partner.id() + "}", partner.secret().reveal());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void emit() {
        List<Event> events = History.of(Purchase.all());
        step("emitting " + events.size() + " events of the CDNOW purchase history");
        Map<String, String> settings = new HashMap<>(stack.connection());
        settings.put("event.source", "/demo/cdnow");
        try (EventProducer producer = EventProducer.create(settings);
                Progress bar = Progress.start(console, "emit", events.size(), "events")) {
            List<CompletableFuture<Void>> emitted = new ArrayList<>(events.size());
            for (Event event : events) {
                emitted.add(producer.emit(event).thenRun(() -> bar.step(1)));
            }
            emitted.forEach(CompletableFuture::join);
        }
    }

    private void awaitDeliveries() {
        step("delivering; flaky fails every first attempt, audit fails for good");
        long wanted = DELIVERIES - dead();
        try (Topic letters = new Topic(kafka, kafka.names().deliveriesDead());
                Progress bar = Progress.start(console, "deliver", DELIVERIES, "deliveries")) {
            await("deliveries", DELIVERIES, bar, () -> accepted() + letters.count());
        }
        step("delivered " + wanted + "; " + dead() + " of audit are dead letters");
    }

    private void repairAndReplay() {
        step("audit is repaired; replaying its dead letters");
        audit.behave(Scripts.ok());
        new DeadReplay(kafka).run(DeadLetterQuery.of(audit.id()), false, count -> {});
        try (Progress bar = Progress.start(console, "replay", dead(), "deliveries")) {
            await("replays", DELIVERIES, bar, this::accepted);
        }
    }

    private long accepted() {
        return partners.stream().mapToLong(Partner::accepted).sum();
    }

    /** Deliveries to audit: one a customer. */
    private static long dead() {
        return 2_357;
    }

    private void await(String what, long wanted, Progress bar, LongSupplier now) {
        long until = System.nanoTime() + STEP_MAX.toNanos();
        long seen = now.getAsLong();
        CountDownLatch never = new CountDownLatch(1);
        while (seen < wanted) {
            bar.at(seen);
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "Only " + seen + " of " + wanted + " " + what + " came within " + STEP_MAX.toSeconds() + " s.");
            }
            try {
                if (never.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for " + what + ".", e);
            }
            seen = now.getAsLong();
        }
        bar.at(seen);
    }

    private void step(String text) {
        console.say(String.format(java.util.Locale.ROOT, "%6.1f s  %s", seconds(), text));
    }

    double seconds() {
        return Math.round((System.nanoTime() - startedNanos) / 1e8) / 10.0;
    }

    @Override
    public void close() {
        kafka.close();
        stack.close();
        receiver.close();
    }
}
