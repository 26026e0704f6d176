package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.Patterns;

/**
 * Event-ruler's answers about one pattern. It compiles all conditions of a pattern into one automaton, in which some combinations
 * disturb each other ({@link RulerDisagreementsTest} has examples): so it can be asked a second time, with an automaton for each way to
 * choose one branch and one condition a field, which must come to the same.
 */
final class EventRuler {
    static {
        // It does not hold its own assertions, which are off where it is used.
        EventRuler.class.getClassLoader().setPackageAssertionStatus("software.amazon.event.ruler", false);
    }

    private final String pattern;
    private final Machine whole = Machine.builder().build();

    EventRuler(String pattern) throws Exception {
        this.pattern = pattern;
        whole.addRule("rule", pattern);
    }

    boolean matches(String event) throws Exception {
        return !whole.rulesForJSONEvent(event).isEmpty();
    }

    /** As {@link #matches}, with the conditions kept apart. */
    boolean matchesPiecewise(String event) throws Exception {
        for (Map<String, List<Patterns>> branch : JsonRuleCompiler.compile(pattern)) {
            for (Map<String, List<Patterns>> single : singles(branch)) {
                Machine machine = Machine.builder().build();
                machine.addPatternRule("single", single);
                if (!machine.rulesForJSONEvent(event).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Map<String, List<Patterns>>> singles(Map<String, List<Patterns>> branch) {
        List<Map<String, List<Patterns>>> product = List.of(Map.of());
        for (Map.Entry<String, List<Patterns>> field : branch.entrySet()) {
            List<Map<String, List<Patterns>>> next = new ArrayList<>();
            for (Map<String, List<Patterns>> left : product) {
                for (Patterns each : field.getValue()) {
                    Map<String, List<Patterns>> both = new HashMap<>(left);
                    both.put(field.getKey(), List.of(each));
                    next.add(both);
                }
            }
            product = next;
        }
        return product;
    }
}
