package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The language once more, as plainly as it can be said: a pattern is multiplied out into branches, an event flattened into scalars that
 * remember the array elements they stand in, and every way to give each field of a branch one of the scalars is tried.
 *
 * <p>The ways in which event-ruler differs from us (docs/filters.md) are switches, so that each disagreement between the two is
 * either one of these or a bug.
 */
final class RulerModel {
    private final boolean ruler;

    /** The model of ours, or of event-ruler. */
    RulerModel(boolean ruler) {
        this.ruler = ruler;
    }

    /** A scalar of the event: where, what, and its index in each array it is inside an element of. */
    private record Scalar(String path, Object value, Map<Integer, Integer> membership) {}

    /** What a field may be: one of some values and conditions, or absent. */
    private record Condition(String path, List<Object> values) {
        static boolean isAbsence(Object value) {
            return value instanceof Map<?, ?> op && Boolean.FALSE.equals(op.get("exists"));
        }

        /** This as a need for a value, and as a need for none; only those that it allows. */
        List<Need> needs() {
            List<Object> present = values.stream().filter(v -> !isAbsence(v)).toList();
            List<Need> needs = new ArrayList<>();
            if (!present.isEmpty()) {
                needs.add(new Need(path, present));
            }
            if (present.size() < values.size()) {
                needs.add(new Need(path, List.of()));
            }
            return needs;
        }
    }

    /** A field that must have one of some values, or, if there are none, be absent. */
    private record Need(String path, List<Object> values) {
        boolean absence() {
            return values.isEmpty();
        }
    }

    boolean matches(Map<String, Object> pattern, Map<String, Object> event) {
        List<Scalar> scalars = new ArrayList<>();
        flatten("", event, Map.of(), scalars, new int[1]);
        for (List<Condition> branch : branches("", pattern)) {
            for (List<Need> needs : choices(fields(branch))) {
                if (satisfiable(needs, Map.of(), scalars)) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---- the event ----

    private static void flatten(String path, Object value, Map<Integer, Integer> in, List<Scalar> out, int[] arrays) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, child) -> flatten(path + "." + name, child, in, out, arrays));
        } else if (value instanceof List<?> array) {
            int id = arrays[0]++;
            for (int i = 0; i < array.size(); i++) {
                Object item = array.get(i);
                Map<Integer, Integer> inside = new HashMap<>(in);
                if (item instanceof Map || item instanceof List) {
                    inside.put(id, i);
                }
                flatten(path, item, inside, out, arrays);
            }
        } else {
            out.add(new Scalar(path, value, in));
        }
    }

    // ---- the pattern ----

    private static List<List<Condition>> branches(String path, Map<?, ?> object) {
        List<List<Condition>> product = List.of(List.of());
        for (Map.Entry<?, ?> field : object.entrySet()) {
            List<List<Condition>> right = new ArrayList<>();
            String name = (String) field.getKey();
            if (name.equals("$or")) {
                ((List<?>) field.getValue()).forEach(each -> right.addAll(branches(path, (Map<?, ?>) each)));
            } else if (field.getValue() instanceof Map<?, ?> nested) {
                right.addAll(branches(path + "." + name, nested));
            } else {
                right.add(List.of(new Condition(path + "." + name, new ArrayList<>((List<?>) field.getValue()))));
            }
            List<List<Condition>> next = new ArrayList<>();
            product.forEach(left -> right.forEach(each -> {
                List<Condition> both = new ArrayList<>(left);
                both.addAll(each);
                next.add(both);
            }));
            product = next;
        }
        return product;
    }

    /** Event-ruler keeps, of two conditions for one field in a branch, the one written last; we keep both. */
    private List<Condition> fields(List<Condition> branch) {
        if (!ruler) {
            return branch;
        }
        Map<String, Condition> byName = new TreeMap<>();
        branch.forEach(condition -> byName.put(condition.path(), condition));
        return List.copyOf(byName.values());
    }

    /** A branch without alternatives. Event-ruler tries the fields by name; ours finds a field absent after all elements are chosen. */
    private List<List<Need>> choices(List<Condition> branch) {
        List<List<Need>> product = List.of(List.of());
        for (Condition condition : branch) {
            List<List<Need>> next = new ArrayList<>();
            for (List<Need> left : product) {
                for (Need need : condition.needs()) {
                    List<Need> both = new ArrayList<>(left);
                    both.add(need);
                    next.add(both);
                }
            }
            product = next;
        }
        if (!ruler) {
            product.forEach(needs -> {
                if (needs instanceof ArrayList<Need>) {
                    needs.sort(Comparator.comparing(Need::absence));
                }
            });
        }
        return product;
    }

    // ---- the search ----

    private boolean satisfiable(List<Need> needs, Map<Integer, Integer> chosen, List<Scalar> scalars) {
        if (needs.isEmpty()) {
            return true;
        }
        Need need = needs.get(0);
        List<Need> rest = needs.subList(1, needs.size());
        if (need.absence()) {
            return lacks(need.path(), chosen, scalars) && satisfiable(rest, chosen, scalars);
        }
        for (Scalar scalar : candidates(need, scalars)) {
            if (consistent(chosen, scalar.membership())) {
                Map<Integer, Integer> more = new HashMap<>(chosen);
                more.putAll(scalar.membership());
                if (satisfiable(rest, more, scalars)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The scalars that pass. Of ours, not those inside a further array element where one outside of it passes too. */
    private List<Scalar> candidates(Need need, List<Scalar> scalars) {
        List<Scalar> passing = scalars.stream()
                .filter(s -> s.path().equals(need.path()))
                .filter(s -> need.values().stream().anyMatch(v -> ValueModel.passes(v, s.value())))
                .toList();
        if (ruler) {
            return passing;
        }
        return passing.stream()
                .filter(s -> passing.stream().noneMatch(other -> isOutside(other, s)))
                .toList();
    }

    private static boolean isOutside(Scalar outer, Scalar inner) {
        return outer.membership().size() < inner.membership().size()
                && inner.membership().entrySet().containsAll(outer.membership().entrySet());
    }

    private static boolean lacks(String path, Map<Integer, Integer> chosen, List<Scalar> scalars) {
        return scalars.stream().noneMatch(s -> s.path().equals(path) && consistent(chosen, s.membership()));
    }

    private static boolean consistent(Map<Integer, Integer> a, Map<Integer, Integer> b) {
        return b.entrySet().stream()
                .allMatch(e -> a.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
    }
}
