package io.hookline.router.filter;

import static io.hookline.router.filter.Patterns.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Our filters against event-ruler, the engine of EventBridge, over more than 100,000 pairs of a pattern and an event. Each must also
 * agree with its own switch setting of {@link RulerModel}: so a disagreement between the two is one that docs/filters.md lists, or a
 * failure here.
 */
class RulerOracleTest {
    private static int cases;
    private static int matches;
    private static int disagreements;
    private static int contradictions;

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void shouldAgreeWithEventRuler(@ForAll Random random) throws Exception {
        Patterns some = new Patterns(random, Patterns.PLAIN_NUMBERS);
        List<Map<String, Object>> events = Stream.generate(some::event).limit(6).toList();
        for (int i = 0; i < 6; i++) {
            new Case(some.pattern()).compareWithRuler(events);
        }
    }

    /** Numbers that event-ruler takes for others, or not at all, are compared with the model alone. */
    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void shouldCompareNumbersAsDecimals(@ForAll Random random) throws Exception {
        Patterns some = new Patterns(random, Patterns.ANY_NUMBERS);
        Case it = new Case(some.numericPattern());
        for (int i = 0; i < 5; i++) {
            it.compareWithModel(some.numericEvent());
        }
    }

    @AfterContainer
    static void shouldHaveTriedEnough() {
        System.out.printf(
                "%d cases, %d matches, %d disagreements, %d contradictions%n",
                cases, matches, disagreements, contradictions);
        assertThat(cases).isGreaterThanOrEqualTo(100_000);
        assertThat(matches).as("of %s cases, matches", cases).isGreaterThan(cases / 10);
        assertThat(disagreements)
                .as("of %s cases, documented disagreements", cases)
                .isBetween(1, cases / 20);
    }

    /** A pattern, compiled by both. */
    private static final class Case {
        final Map<String, Object> pattern;
        final String text;
        final Filter filter;
        final FieldPlan plan;

        Case(Map<String, Object> pattern) throws InvalidFilterException {
            this.pattern = pattern;
            this.text = json(pattern);
            this.filter = Filter.parse(text);
            this.plan = FieldPlan.ofFilters(List.of(filter));
        }

        boolean compareWithModel(Map<String, Object> event) {
            boolean ours = filter.matches(view(event, plan));
            if (ours != new RulerModel(false).matches(pattern, event)) {
                throw new AssertionError("ours is " + ours + ", unlike its model: " + text + " on " + json(event));
            }
            return ours;
        }

        void compareWithRuler(List<Map<String, Object>> events) throws Exception {
            EventRuler ruler = new EventRuler(text);
            for (Map<String, Object> event : events) {
                boolean ours = compareWithModel(event);
                boolean theirs = ruler.matches(json(event));
                boolean expected = new RulerModel(true).matches(pattern, event);
                if (theirs != expected) {
                    contradictions++;
                    theirs = ruler.matchesPiecewise(json(event));
                }
                if (theirs != expected) {
                    throw new AssertionError(
                            "event-ruler is " + theirs + ", unlike its model: " + text + " on " + json(event));
                }
                cases++;
                matches += ours ? 1 : 0;
                disagreements += ours == theirs ? 0 : 1;
            }
        }
    }

    private static EventView view(Map<String, Object> event, FieldPlan plan) {
        EventAttributes attributes = new EventAttributes(
                (String) event.get("type"),
                (String) event.get("source"),
                null,
                (String) event.get("tenant"),
                null,
                null);
        return new JsonEventView(attributes, json(event.get("data")).getBytes(StandardCharsets.UTF_8), plan);
    }
}
