package io.hookline.bench.router;

import io.hookline.bench.kafka.Orders;
import io.hookline.bench.measure.Contestant;
import io.hookline.bench.measure.Measured;
import io.hookline.bench.measure.Meter;
import io.hookline.bench.measure.Rounds;
import io.hookline.bench.report.Effort;
import io.hookline.bench.report.Report;
import io.hookline.bench.report.Scenario;
import io.hookline.bench.report.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import software.amazon.event.ruler.Machine;

/**
 * The matcher alone against AWS's event-ruler, on one thread: the same filters, the same 1 KiB of JSON text. Each gets the text in the form
 * that costs it least: the bytes that Kafka holds for ours, a string made beforehand for event-ruler. Both must find as many filters for
 * every event, else the run fails.
 */
final class MatcherScenario implements Scenario {
    private static final int EVENTS = 1_000;
    private static final int BATCH = 100;
    private static final long TURN_NS = 1_000_000_000L;
    private static final long SEED = 20_261_124;
    private static final String OURS = "hookline";
    private static final String RULER = "event-ruler";

    private final String name;
    private final Target target;
    private final int filters;
    private final IntFunction<String> dataPattern;
    private final List<byte[]> events;

    private MatcherScenario(
            String name, Target target, int filters, IntFunction<String> dataPattern, List<byte[]> events) {
        this.name = name;
        this.target = target;
        this.filters = filters;
        this.dataPattern = dataPattern;
        this.events = events;
    }

    /** 100,000 filters that take one customer's orders each; every order has one of these customers. */
    static MatcherScenario equality() {
        int filters = 100_000;
        Random random = new Random(SEED);
        return new MatcherScenario(
                "match equality",
                Target.atLeast("match_equality_vs_event_ruler", 2, ""),
                filters,
                i -> "{\"customer\":[\"" + Orders.customer(i) + "\"]}",
                orders(i -> random.nextInt(filters), i -> 1_000_000));
    }

    /** 1,000 filters that take the orders with an amount in a random range; an order is in a third of them. */
    static MatcherScenario numeric() {
        Random random = new Random(SEED);
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int a = 1_000_000 + random.nextInt(9_000_000);
            int b = 1_000_000 + random.nextInt(9_000_000);
            ranges.add("{\"amount\":[{\"numeric\":[\">=\"," + euros(Math.min(a, b)) + ",\"<\","
                    + euros(Math.max(a, b) + 1) + "]}]}");
        }
        return new MatcherScenario(
                "match numeric",
                Target.atLeast("match_numeric_vs_event_ruler", 50, ""),
                ranges.size(),
                ranges::get,
                orders(i -> i, i -> 1_000_000 + random.nextInt(9_000_000)));
    }

    private static String euros(int cents) {
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }

    private static List<byte[]> orders(IntUnaryOperator customer, IntUnaryOperator cents) {
        List<byte[]> orders = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            orders.add(Orders.of(i, customer.applyAsInt(i), cents.applyAsInt(i)));
        }
        return orders;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public void run(Effort effort, Report report) throws Exception {
        effort.say("adding " + filters + " filters to both");
        OurMatcher ours = new OurMatcher();
        Machine ruler = Machine.builder().build();
        for (int i = 0; i < filters; i++) {
            ours.add("s" + i, "{\"data\":" + dataPattern.apply(i) + "}");
        }
        long from = System.nanoTime();
        for (int i = 0; i < filters; i++) {
            ruler.addRule("s" + i, dataPattern.apply(i));
        }
        effort.say("event-ruler took " + (System.nanoTime() - from) / 1_000_000 + " ms for that");
        List<String> texts = events.stream()
                .map(event -> new String(event, StandardCharsets.UTF_8))
                .toList();
        long matches = requireAgreement(ours, ruler, texts);
        effort.say(matches + " matches of " + EVENTS + " events, the same for both");
        Rounds rounds = Rounds.run(
                List.of(
                        Contestant.of(RULER, () -> turn(i -> matches(ruler, texts.get(i)))),
                        Contestant.of(OURS, () -> turn(i -> ours.matches(events.get(i))))),
                effort.warmUps(),
                effort.rounds(),
                effort::say);
        report.rows(name, "events", rounds, RULER, List.of(RULER, OURS));
        report.figure(target.key(), rounds.ratio(OURS, RULER).median());
    }

    private long requireAgreement(OurMatcher ours, Machine ruler, List<String> texts) {
        long all = 0;
        for (int i = 0; i < EVENTS; i++) {
            int expected = matches(ruler, texts.get(i));
            int found = ours.matches(events.get(i));
            if (found != expected) {
                throw new IllegalStateException("Event " + texts.get(i) + " matches " + found + " filters here and "
                        + expected + " in event-ruler.");
            }
            all += found;
        }
        return all;
    }

    private static int matches(Machine ruler, String event) {
        try {
            return ruler.rulesForJSONEvent(event).size();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Events one after the other for a second. */
    private static Measured turn(IntUnaryOperator match) {
        Meter meter = Meter.start();
        long until = System.nanoTime() + TURN_NS;
        long done = 0;
        long found = 0;
        int at = 0;
        do {
            for (int i = 0; i < BATCH; i++) {
                found += match.applyAsInt(at);
                at = at + 1 == EVENTS ? 0 : at + 1;
            }
            done += BATCH;
        } while (System.nanoTime() < until);
        if (found == 0) {
            throw new IllegalStateException("No event matched.");
        }
        return meter.stop((double) done);
    }
}
