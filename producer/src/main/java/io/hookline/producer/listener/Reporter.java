package io.hookline.producer.listener;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people of problems: the log, and the callback of the service. Thread-safe as far as that is. */
final class Reporter {
    private static final Logger log = LoggerFactory.getLogger(EventListener.class);

    private final Consumer<ListenerProblem> callback;

    Reporter(Consumer<ListenerProblem> callback) {
        this.callback = callback;
    }

    void report(ListenerProblem problem) {
        log.error("listener of {}: {}: {}", problem.service(), problem.kind(), problem.message(), problem.cause());
        try {
            callback.accept(problem);
        } catch (RuntimeException e) {
            log.error("listener of {}: the callback for problems failed", problem.service(), e);
        }
    }
}
