package io.hookline.producer.listener;

import io.hookline.producer.EmitException;
import io.hookline.producer.Event;
import io.hookline.producer.InvalidEventException;
import io.hookline.producer.PreparedEvent;
import io.hookline.producer.listener.ListenerProblem.Kind;
import io.hookline.schemas.registry.RegistryException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of one event: decodes it, calls its handler, prepares the result. Writes nothing to Kafka. Thread-safe as far as the
 * handlers are.
 */
final class Processor {
    private static final Logger log = LoggerFactory.getLogger(EventListener.class);

    private final ListenerSettings settings;
    private final Map<String, Registration<?>> byTopic;
    private final EventDecoder decoder;
    private final Results results;
    private final Reporter reporter;

    Processor(
            ListenerSettings settings, Map<String, Registration<?>> byTopic, EventDecoder decoder, Reporter reporter) {
        this.settings = settings;
        this.byTopic = Map.copyOf(byTopic);
        this.decoder = decoder;
        this.results = new Results(settings.service());
        this.reporter = reporter;
    }

    /**
     * @param preparation checks and serialises a result
     * @throws InterruptedException if the handler was interrupted; the event counts as not handled
     */
    Step process(Head head, Instant now, Function<Event, PreparedEvent> preparation) throws InterruptedException {
        Registration<?> registration = byTopic.get(head.record().topic());
        if (registration == null) {
            throw new IllegalStateException(
                    "No handler for topic " + head.record().topic());
        }
        try {
            ReceivedEvent event = Receiving.event(registration.type(), head.record(), settings.depthMax());
            requireNoResult(registration, event);
            Event waiting = head.result();
            Optional<Event> result = waiting == null ? handle(registration, event, head) : Optional.of(waiting);
            return result.isEmpty()
                    ? new Step.Done(Optional.empty())
                    : publish(event, head, result.get(), now, preparation);
        } catch (UnusableEventException e) {
            return unusable(head, e);
        } catch (HandlerFailedException e) {
            return failed(registration, head.failed(), e.getCause() == null ? e : e.getCause(), now, preparation);
        } catch (RegistryException e) {
            return later(head.waited(null), e, now);
        }
    }

    private Optional<Event> handle(Registration<?> registration, ReceivedEvent event, Head head)
            throws InterruptedException, HandlerFailedException {
        Object returned;
        try {
            returned = registration.handle(decoder, event, head.record().value());
        } catch (InterruptedException | HandlerFailedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new HandlerFailedException(e);
        }
        if (!registration.publishes()) {
            return Optional.empty();
        }
        try {
            return results.of(event, returned);
        } catch (IllegalArgumentException e) {
            throw new HandlerFailedException(e);
        }
    }

    /** A result of someone else's that stands in a topic for events would be answered by a result, and so on. */
    private static void requireNoResult(Registration<?> registration, ReceivedEvent event) {
        String type = event.attributes().type();
        if (registration.publishes() && type != null && ChainHeaders.isResultType(type)) {
            throw new UnusableEventException(
                    "its ce_type is '" + type + "': it is a result itself, and results have no results", null);
        }
    }

    private Step publish(
            ReceivedEvent event, Head head, Event result, Instant now, Function<Event, PreparedEvent> preparation)
            throws HandlerFailedException {
        try {
            return new Step.Done(Optional.of(preparation.apply(result)));
        } catch (InvalidEventException e) {
            throw new HandlerFailedException(new IllegalArgumentException(
                    "What the handler of '" + event.type() + "' returned cannot be published. " + e.getMessage(), e));
        } catch (EmitException e) {
            return later(head.waited(result), e, now);
        }
    }

    private Step failed(
            Registration<?> registration,
            Head head,
            Throwable failure,
            Instant now,
            Function<Event, PreparedEvent> preparation) {
        if (head.failures() < settings.attempts()) {
            log.warn(
                    "listener of {}: the handler of {} failed (attempt {} of {}), {} will be handled again",
                    settings.service(),
                    registration.type(),
                    head.failures(),
                    settings.attempts(),
                    head.place(),
                    failure);
            return new Step.Later(head, now.plus(settings.backoff().after(head.failures())));
        }
        OnExhausted choice = settings.onExhausted();
        ListenerProblem problem = problem(
                Kind.HANDLER_FAILED,
                head,
                "the handler of '" + registration.type() + "' failed " + head.failures() + " times for event "
                        + head.place() + then(choice) + " The last failure: " + failure,
                failure);
        reporter.report(problem);
        return switch (choice) {
            case HALT -> new Step.Halt(problem);
            case SKIP -> new Step.Done(Optional.empty());
            case PUBLISH_ERROR -> publishError(registration, head, failure, now, preparation);
        };
    }

    private Step publishError(
            Registration<?> registration,
            Head head,
            Throwable failure,
            Instant now,
            Function<Event, PreparedEvent> preparation) {
        ReceivedEvent event = Receiving.event(registration.type(), head.record(), settings.depthMax());
        try {
            return publish(event, head, results.failure(event, head.failures(), failure), now, preparation);
        } catch (HandlerFailedException e) {
            return new Step.Halt(problem(
                    Kind.HANDLER_FAILED,
                    head,
                    "the result that says that the handler failed for event " + head.place() + " cannot be published",
                    e));
        }
    }

    private Step unusable(Head head, UnusableEventException e) {
        ListenerProblem problem = problem(
                Kind.UNUSABLE_EVENT,
                head,
                "event " + head.place() + " cannot be handled: " + e.getMessage()
                        + (settings.haltsOnUnusable()
                                ? ". The listener stops before it; to go on without such events, set "
                                        + ListenerSettings.ON_UNUSABLE + "=skip."
                                : ". It is skipped."),
                e);
        reporter.report(problem);
        return settings.haltsOnUnusable() ? new Step.Halt(problem) : new Step.Done(Optional.empty());
    }

    private Step later(Head head, RuntimeException reason, Instant now) {
        Instant at = now.plus(settings.backoff().after(head.waits()));
        log.warn(
                "listener of {}: {} has to wait (try {}): {}",
                settings.service(),
                head.place(),
                head.waits(),
                reason.getMessage());
        return new Step.Later(head, at);
    }

    private ListenerProblem problem(Kind kind, Head head, String message, @Nullable Throwable cause) {
        return new ListenerProblem(
                kind,
                settings.service(),
                message,
                head.record().topic(),
                head.record().partition(),
                head.record().offset(),
                cause);
    }

    private static String then(OnExhausted choice) {
        return switch (choice) {
            case HALT ->
                ". The listener stops before it; start it again once the handler is mended, or set "
                        + ListenerSettings.ON_EXHAUSTED + "=publish-error or skip.";
            case PUBLISH_ERROR -> ". A result that says so is published.";
            case SKIP -> ". It is skipped.";
        };
    }
}
