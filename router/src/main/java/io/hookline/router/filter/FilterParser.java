package io.hookline.router.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the JSON of a pattern into a {@link Filter}, or says everything that is wrong with it. The language is described in
 * {@code docs/filters.md}. Any thread may use a parser; parsing is linear in the pattern, which is bounded.
 */
public final class FilterParser {
    private final FilterLimits limits;
    private final JsonReader reader;

    /** A parser that allows what {@link FilterLimits#DEFAULT} does. */
    public FilterParser() {
        this(FilterLimits.DEFAULT);
    }

    /** A parser that allows what {@code limits} do. */
    public FilterParser(FilterLimits limits) {
        this.limits = limits;
        this.reader = new JsonReader(limits);
    }

    /** What parsing comes to. */
    public sealed interface Result {
        /** The pattern is good. */
        record Valid(Filter filter) implements Result {}

        /** It is not; at least one problem, in the order of the pattern. */
        record Invalid(List<FilterProblem> problems) implements Result {}
    }

    /** Compiles {@code json}. */
    public Result parse(String json) {
        Problems problems = new Problems();
        Json read = reader.read(json, problems);
        Filter filter = read == null || problems.any() ? null : new Run(problems).compile(read);
        return filter == null || problems.any() ? new Result.Invalid(problems.all()) : new Result.Valid(filter);
    }

    /** One compilation. */
    private final class Run {
        private final Problems problems;
        private final List<Atom> atoms = new ArrayList<>();
        private final ConditionParser conditions;

        Run(Problems problems) {
            this.problems = problems;
            this.conditions = new ConditionParser(limits, problems);
        }

        @Nullable
        Filter compile(Json json) {
            if (!(json instanceof Json.Obj top)) {
                problems.add(Place.TOP, json, "a JSON object");
                return null;
            }
            Formula formula = object(top, null, Place.TOP);
            if (atoms.size() > limits.fieldsMax()) {
                problems.limit(
                        Place.TOP,
                        atoms.size() + " conditions",
                        "fieldsMax",
                        limits.fieldsMax(),
                        "fields with conditions");
            }
            if (problems.any()) {
                return null;
            }
            try {
                return Filter.of(atoms, formula.branches(limits.orCombinationsMax()));
            } catch (Formula.TooManyException e) {
                problems.limit(
                        Place.TOP,
                        e.branches + " combinations of $or",
                        "orCombinationsMax",
                        limits.orCombinationsMax(),
                        "combinations");
                return null;
            }
        }

        /** An object of fields; {@code steps} is where in the payload, or null at the top of the pattern. */
        private Formula object(Json.Obj object, @Nullable List<String> steps, Place at) {
            if (object.members().isEmpty()) {
                problems.add(
                        at,
                        object,
                        "at least one field" + (at == Place.TOP ? "; leave the filter out to match every event" : ""));
            }
            List<Formula> parts = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (Json.Member member : object.members()) {
                Place here = at.field(member.name());
                if (!names.add(member.name())) {
                    problems.add(here, member.value(), "each field once; this one is named twice");
                } else if (member.name().equals("$or")) {
                    parts.add(or(member.value(), steps, here));
                } else if (steps == null) {
                    parts.add(top(member, here));
                } else {
                    List<String> deeper = new ArrayList<>(steps);
                    deeper.add(member.name());
                    parts.add(field(member.value(), deeper, here));
                }
            }
            return parts.size() == 1 ? parts.get(0) : new Formula.All(parts);
        }

        private Formula top(Json.Member member, Place at) {
            if (member.name().equals("data")) {
                return field(member.value(), List.of(), at);
            }
            Attribute attribute = Attribute.named(member.name());
            if (attribute == null) {
                problems.add(
                        at,
                        member.value(),
                        "one of type, source, subject, tenant, id, time, data or $or at the top of the pattern");
            } else if (member.value() instanceof Json.Arr values) {
                return leaf(FieldPath.of(attribute), values, at);
            } else {
                problems.add(at, member.value(), "an array of values, such as [\"a\", {\"prefix\": \"b\"}]");
            }
            return new Formula.All(List.of());
        }

        private Formula field(Json value, List<String> steps, Place at) {
            if (value instanceof Json.Obj object) {
                return object(object, steps, at);
            }
            if (value instanceof Json.Arr values) {
                return leaf(FieldPath.data(steps), values, at);
            }
            problems.add(at, value, "an array of values, such as [" + value.brief() + "], or an object of fields");
            return new Formula.All(List.of());
        }

        private Formula leaf(FieldPath path, Json.Arr values, Place at) {
            ConditionParser.Field field = conditions.field(values, at);
            List<Formula> either = new ArrayList<>();
            Matcher matcher = field.matcher();
            if (matcher != null) {
                either.add(atom(Atom.present(path, matcher)));
            }
            if (field.absent()) {
                either.add(atom(Atom.absent(path)));
            }
            return either.size() == 1 ? either.get(0) : new Formula.Any(either);
        }

        private Formula atom(Atom atom) {
            atoms.add(atom);
            return new Formula.Leaf(atoms.size() - 1);
        }

        private Formula or(Json value, @Nullable List<String> steps, Place at) {
            if (!(value instanceof Json.Arr branches) || branches.items().size() < 2) {
                problems.add(at, value, "an array of at least two objects, one for each alternative");
                return new Formula.All(List.of());
            }
            if (branches.items().size() > limits.orBranchesMax()) {
                problems.limit(
                        at, branches.items().size() + " branches", "orBranchesMax", limits.orBranchesMax(), "branches");
            }
            List<Formula> parts = new ArrayList<>();
            for (int i = 0; i < branches.items().size(); i++) {
                Place here = at.item(i);
                if (branches.items().get(i) instanceof Json.Obj object) {
                    parts.add(object(object, steps, here));
                } else {
                    problems.add(here, branches.items().get(i), "an object of fields");
                }
            }
            return new Formula.Any(parts);
        }
    }
}
