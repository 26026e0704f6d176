package io.hookline.router.filter;

import io.hookline.router.filter.Explanation.Alternative;
import io.hookline.router.filter.Explanation.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out why a filter does not match an event. */
final class Explainer {
    private static final int VALUES_MAX = 5;
    private static final int TEXT_MAX = 60;

    private final Filter filter;
    private final EventView event;
    private final Evaluation evaluation;

    Explainer(Filter filter, EventView event) {
        this.filter = filter;
        this.event = event;
        this.evaluation = filter.evaluate(event);
    }

    Explanation explain() {
        if (evaluation.matches()) {
            return new Explanation(true, List.of());
        }
        Set<Alternative> alternatives = new LinkedHashSet<>();
        for (Filter.Branch branch : filter.branches()) {
            alternatives.add(new Alternative(failures(branch)));
        }
        return new Explanation(
                false,
                alternatives.stream()
                        .sorted(Comparator.comparingInt(each -> each.failures().size()))
                        .limit(Explanation.ALTERNATIVES_MAX)
                        .toList());
    }

    private List<Failure> failures(Filter.Branch branch) {
        List<Failure> failures = new ArrayList<>();
        List<FieldPath> paths = new ArrayList<>();
        for (long rest = branch.present() | branch.absent(); rest != 0; rest &= rest - 1) {
            int number = Long.numberOfTrailingZeros(rest);
            Atom atom = filter.atoms()[number];
            paths.add(atom.path());
            if (evaluation.failsAnyway(number)) {
                failures.add(new Failure(atom.path().toString(), found(atom.path()), atom.expected()));
            }
        }
        if (failures.isEmpty()) {
            String all = paths.stream().map(FieldPath::toString).distinct().collect(Collectors.joining(", "));
            return List.of(
                    new Failure(all, "met by different elements", "one element of each array that meets all of them"));
        }
        return failures;
    }

    private String found(FieldPath path) {
        List<String> values = new ArrayList<>();
        event.any(path, value -> {
            String text = value.toString();
            values.add(text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 3) + "...");
            return values.size() > VALUES_MAX;
        });
        if (values.isEmpty()) {
            return "nothing";
        }
        String shown = String.join(", ", values.subList(0, Math.min(VALUES_MAX, values.size())));
        return values.size() > VALUES_MAX ? shown + ", ..." : shown;
    }
}
