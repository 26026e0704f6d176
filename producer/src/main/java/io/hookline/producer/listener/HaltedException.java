package io.hookline.producer.listener;

/** Ends a session because the listener is to stop for good. */
final class HaltedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ListenerProblem problem;

    HaltedException(ListenerProblem problem) {
        super(problem.message());
        this.problem = problem;
    }

    ListenerProblem problem() {
        return problem;
    }
}
