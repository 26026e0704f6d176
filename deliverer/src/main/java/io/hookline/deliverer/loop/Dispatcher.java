package io.hookline.deliverer.loop;

import io.hookline.avro.DeadCause;
import io.hookline.avro.Reason;
import io.hookline.avro.SuccessRule;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.answer.Decision;
import io.hookline.deliverer.answer.Progress;
import io.hookline.deliverer.answer.Verdict;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.http.EndpointClient;
import io.hookline.deliverer.http.NameResolver;
import io.hookline.deliverer.render.Renderer;
import io.hookline.deliverer.render.Rendition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Which work is tried next, by {@link Turns}, and what becomes of it. */
final class Dispatcher {
    /** How long a work is put off whose event cannot be read yet, or for which there is no token, in milliseconds. */
    private static final long HOLD_MS = 5_000;

    /**
     * Requests handed to the I/O thread that it has not taken up. It is never idle with these; more would only lie there, each on a connection of its
     * own.
     */
    private static final int UNSENT_MAX = 64;

    private final LoopSettings settings;
    private final Recorder recorder;
    private final Renderer renderer;
    private final EndpointClient client;
    private final NameResolver names;
    private final Mailbox mailbox;
    private final SchemaFetcher schemas;
    private final DelivererStats stats;
    private final RandomGenerator random;
    private final Deadlines deadlines;
    private final Brakes brakes;
    private final Turns turns = new Turns();
    private final Idle idle = new Idle();

    /** Those whose turn it was but who have their share of what is in flight; each attempt that ends lets one of them try again. */
    private final Deque<Target> squeezed = new ArrayDeque<>();

    private int inFlight;

    Dispatcher(
            LoopSettings settings,
            Recorder recorder,
            Renderer renderer,
            EndpointClient client,
            NameResolver names,
            Mailbox mailbox,
            SchemaFetcher schemas,
            DelivererStats stats,
            RandomGenerator random) {
        this.settings = settings;
        this.recorder = recorder;
        this.renderer = renderer;
        this.client = client;
        this.names = names;
        this.mailbox = mailbox;
        this.schemas = schemas;
        this.stats = stats;
        this.random = random;
        this.deadlines = new Deadlines(Uptime.ms());
        this.brakes = new Brakes(deadlines, random, recorder, settings.disableAfterMs(), this::schedule);
    }

    /** Whether subscriptions that could go on wait because this loop has no room for more, or its I/O thread does not keep up. */
    boolean isBehind() {
        return !turns.isEmpty();
    }

    /** Attempts under way. */
    int inFlight() {
        return inFlight;
    }

    /** Takes a work that may be tried now. */
    void offer(Work work) {
        Target target = work.target();
        target.offer(work);
        schedule(target);
    }

    /** Lets a target take part again whose obstacle is gone. */
    void schedule(Target target) {
        if (!target.isSqueezed() && target.isReady()) {
            turns.add(target);
        }
    }

    void nameSettled(Target target) {
        target.awaitsName(false);
        schedule(target);
    }

    /** Starts attempts while there is room. */
    void run(long nowMs) {
        long uptimeMs = Uptime.ms();
        deadlines.advance(uptimeMs);
        idle.run(uptimeMs);
        while (inFlight < settings.inFlightMax() / 2 && !squeezed.isEmpty()) {
            release();
        }
        while (!turns.isEmpty() && inFlight < settings.inFlightMax() && client.unsent() < UNSENT_MAX) {
            Target target = turns.next();
            if (hasItsShare(target)) {
                squeeze(target);
            } else if (target.partition().isActive() && target.isReady() && !brakes.holds(target)) {
                next(target, nowMs);
                schedule(target);
            }
        }
    }

    private boolean hasItsShare(Target target) {
        int all = settings.inFlightMax();
        return target.inFlight() >= Share.limit(target.inFlightLimit(), all, inFlight)
                || turns.inFlight(target.tenant()) >= Share.tenantLimit(all, inFlight);
    }

    private void squeeze(Target target) {
        if (!target.isSqueezed()) {
            target.squeezed(true);
            squeezed.addLast(target);
        }
    }

    private void release() {
        Target freed = squeezed.pollFirst();
        if (freed != null) {
            freed.squeezed(false);
            schedule(freed);
        }
    }

    private void next(Target target, long nowMs) {
        Work work = target.next();
        Target.Definition definition = target.definition();
        if (definition instanceof Target.Deleted) {
            recorder.cancelled(work, nowMs);
        } else if (definition instanceof Target.Unusable unusable) {
            recorder.deadUntried(
                    work, DeadCause.UNDELIVERABLE, new Verdict(Reason.SUBSCRIPTION_INVALID, unusable.problem()), nowMs);
        } else if (definition instanceof Target.Locked) {
            recorder.park(work, Reason.SUBSCRIPTION_INVALID, nowMs);
        } else if (definition instanceof Target.Usable usable) {
            attempt(work, target, usable.endpoint(), nowMs);
        }
    }

    private void attempt(Work work, Target target, Endpoint endpoint, long nowMs) {
        Reason stopped = target.stopped();
        if (endpoint.policy().isExpired(work.ageFromMs(), nowMs)) {
            Verdict why = new Verdict(
                    work.progress().lastReason(),
                    "older than " + endpoint.policy().maxAgeMs() + " ms");
            recorder.deadUntried(work, DeadCause.EXPIRED, why, nowMs);
        } else if (stopped != null) {
            recorder.park(work, stopped, nowMs);
        } else {
            render(work, target, endpoint, nowMs);
        }
    }

    private void render(Work work, Target target, Endpoint endpoint, long nowMs) {
        Group group = work.group();
        Rendition rendition = group.rendition(
                endpoint.recipe(group.delivery().getType()),
                recipe -> renderer.render(group.delivery(), group.attributes(), recipe));
        if (rendition instanceof Rendition.Body body) {
            resolve(work, target, endpoint, body, nowMs);
        } else if (rendition instanceof Rendition.Unreadable unreadable) {
            Verdict why = new Verdict(unreadable.reason(), unreadable.detail());
            recorder.deadUntried(work, DeadCause.UNDELIVERABLE, why, nowMs);
        } else if (rendition instanceof Rendition.NeedsSchema needs) {
            needsSchema(work, needs.schemaId(), nowMs);
        } else if (rendition instanceof Rendition.NotNow) {
            recorder.hold(work, Reason.EVENT_UNREADABLE, HOLD_MS, nowMs);
        } else if (rendition instanceof Rendition.Pending pending) {
            awaitRendition(work, target, pending);
        }
    }

    /** As with a name, the target's other works wait too, so that they keep their order. */
    private void awaitRendition(Work work, Target target, Rendition.Pending pending) {
        target.waiting().putBack(work);
        target.awaitsName(true);
        var unused = pending.result().thenRun(() -> mailbox.put(new Signal.NameSettled(target)));
    }

    private void needsSchema(Work work, int schemaId, long nowMs) {
        if (schemas.isPoison(schemaId)) {
            Verdict why = new Verdict(
                    Reason.EVENT_UNREADABLE,
                    "the registry has no schema " + schemaId + ", which the event says it was written with");
            recorder.deadUntried(work, DeadCause.UNDELIVERABLE, why, nowMs);
        } else {
            schemas.want(schemaId);
            recorder.hold(work, Reason.EVENT_UNREADABLE, HOLD_MS, nowMs);
        }
    }

    private void resolve(Work work, Target target, Endpoint endpoint, Rendition.Body body, long nowMs) {
        NameResolver.Lookup lookup =
                names.lookup(endpoint.url().host(), () -> mailbox.put(new Signal.NameSettled(target)));
        if (lookup instanceof NameResolver.Lookup.Pending) {
            target.waiting().putBack(work);
            target.awaitsName(true);
            return;
        }
        Flight flight = new Flight(work, target, turns.tenant(endpoint.tenant()), endpoint, nowMs, System.nanoTime());
        took(flight);
        if (lookup instanceof NameResolver.Lookup.Failed failed) {
            landed(
                    new Signal.Answered(
                            flight, new Answer.Failure(failed.reason(), failed.detail()), flight.startedNanos()),
                    nowMs);
            return;
        }
        deadlines.set(flight, Uptime.ms() + endpoint.timeoutMs());
        int keep = endpoint.successRule() == SuccessRule.JSON_STATUS_SUCCESS
                ? Answer.READ_BYTES_MAX
                : Answer.KEPT_BYTES_MAX;
        flight.sending(client.send(
                Requests.of(endpoint, work, body, nowMs),
                keep,
                answer -> mailbox.put(new Signal.Answered(flight, answer, System.nanoTime()))));
    }

    private void took(Flight flight) {
        inFlight++;
        flight.tenant().took();
        flight.target().took(flight);
        idle.works(flight.target(), Uptime.ms());
        flight.work().partition().took();
    }

    /** Acts on the end of an attempt. */
    void landed(Signal.Answered answered, long nowMs) {
        Flight flight = answered.flight();
        Target target = flight.target();
        Partition partition = flight.work().partition();
        deadlines.lift(flight);
        inFlight--;
        target.landed(flight, Verdict.isOverload(answered.answer()));
        partition.landed();
        flight.tenant().landed();
        turns.rest(flight.tenant());
        release();
        if (partition.phase() == Partition.Phase.GONE) {
            stats.lateAnswers().increment();
            return;
        }
        if (answered.answer() instanceof Answer.Failure failure && failure.reason() == Reason.AUTH_FAILED) {
            // Nothing was sent, for want of a token: no fault of the endpoint's, and no attempt.
            recorder.hold(flight.work(), Reason.AUTH_FAILED, HOLD_MS, nowMs);
        } else {
            decide(answered, target, nowMs);
        }
        schedule(target);
    }

    private void decide(Signal.Answered answered, Target target, long nowMs) {
        Flight flight = answered.flight();
        Work work = flight.work();
        Endpoint endpoint = flight.endpoint();
        Verdict verdict = Verdict.of(answered.answer(), endpoint.successRule());
        AttemptEnd ended = new AttemptEnd(
                flight, answered.answer(), verdict, (answered.endedNanos() - flight.startedNanos()) / 1_000);
        Progress progress = new Progress(ended.attempt(), ended.firstAttemptAt().toEpochMilli(), work.ageFromMs());
        if (flight.isCurrent()) {
            brakes.ended(flight, verdict, nowMs);
        }
        Decision decision = endpoint.policy().decide(verdict, answered.answer(), progress, nowMs, random);
        if (decision instanceof Decision.Delivered) {
            recorder.delivered(ended);
        } else if (target.definition() instanceof Target.Deleted) {
            recorder.cancelled(ended);
        } else if (decision instanceof Decision.RetryIn retry) {
            recorder.retry(ended, retry.window(), nowMs);
        } else if (decision instanceof Decision.Dead dead) {
            recorder.dead(ended, dead.cause(), nowMs);
        }
        if (verdict.reason() == Reason.GONE && flight.isCurrent() && target.disabled() == null) {
            target.disable(Reason.GONE);
            recorder.disabled(flight, Reason.GONE, nowMs);
        }
    }
}
