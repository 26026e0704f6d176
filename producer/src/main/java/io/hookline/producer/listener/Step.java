package io.hookline.producer.listener;

import io.hookline.producer.PreparedEvent;
import java.time.Instant;
import java.util.Optional;

/** What became of one try to handle an event. */
sealed interface Step {

    /** The event is through; its result, if there is one, is to be published in the same transaction as the offset. */
    record Done(Optional<PreparedEvent> result) implements Step {}

    /** Not yet: the same event again, not before that time. */
    record Later(Head head, Instant at) implements Step {}

    /** The listener is to stop before this event. */
    record Halt(ListenerProblem problem) implements Step {}
}
