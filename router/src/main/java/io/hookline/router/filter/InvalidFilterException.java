package io.hookline.router.filter;

import java.util.List;
import java.util.stream.Collectors;

/** A pattern is not one; {@link #problems()} lists everything that is wrong with it. */
public final class InvalidFilterException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<FilterProblem> problems;

    InvalidFilterException(List<FilterProblem> problems) {
        super(problems.stream().map(FilterProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the pattern; never empty. */
    public List<FilterProblem> problems() {
        return problems;
    }
}
