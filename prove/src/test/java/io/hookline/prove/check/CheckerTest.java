package io.hookline.prove.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.prove.check.Attempted.Next;
import io.hookline.prove.check.Problem.Kind;
import io.hookline.prove.check.Wanted.Ordering;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {
    private static final String S = "s";

    private final Story story = new Story();

    private Story plain() {
        return story.subscription(S, Ordering.NONE);
    }

    private static List<Kind> kinds(Findings findings) {
        return findings.problems().stream().map(Problem::kind).toList();
    }

    @Test
    void shouldFindNothingWhereAllIsWell() {
        Event first = story.event("a", "k");
        Event second = story.event("b", "k");
        Findings findings = plain().delivered(first, S, 100)
                .routed(second, S)
                .request(second, S, 200, 503)
                .attempt(second, S, 200, 1, 503, Next.RETRY)
                .request(second, S, 1_500, 200)
                .attempt(second, S, 1_500, 2, 200, Next.DELIVERED)
                .commit("deliverer-1", 2_000)
                .check();

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.isClean()).isTrue();
        assertThat(findings.deliveries()).isEqualTo(2);
        assertThat(findings.duplicates()).isZero();
        assertThat(findings.duplicatesAllowed()).isZero();
    }

    @Test
    void shouldFindALostDelivery() {
        Event event = story.event("a", "k");
        Findings findings = plain().routed(event, S)
                .request(event, S, 100, 503)
                .attempt(event, S, 100, 1, 503, Next.RETRY)
                .check();

        assertThat(kinds(findings)).containsExactly(Kind.LOST, Kind.ATTEMPTS_WRONG);
        assertThat(findings.isClean()).isFalse();
    }

    @Test
    void shouldFindAnEventThatWasNeverRouted() {
        story.event("a", "k");

        assertThat(plain().check().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.LOST);
            assertThat(problem.text()).contains("event a", "never routed");
        });
    }

    @Test
    void shouldFindAnAcknowledgedEventThatIsGone() {
        assertThat(kinds(plain().acknowledgedOnly("a").check())).containsExactly(Kind.LOST);
    }

    @Test
    void shouldTakeADeadLetterForAnEnd() {
        Event event = story.event("a", "k");
        Findings findings = plain().routed(event, S)
                .request(event, S, 100, 500)
                .attempt(event, S, 100, 1, 500, Next.DEAD)
                .deadLetter(event, S)
                .check();

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.dead()).isEqualTo(1);
    }

    @Test
    void shouldFindADeliveryThatIsBothDeliveredAndDead() {
        Event event = story.event("a", "k");

        assertThat(kinds(plain().delivered(event, S, 100).deadLetter(event, S).check()))
                .containsExactly(Kind.ATTEMPTS_WRONG);
    }

    @Test
    void shouldFindADeliveryAtTheWrongReceiver() {
        Event event = story.event("a", "k");
        Findings findings = plain().subscription("other", Ordering.NONE)
                .delivered(event, S, 100)
                .delivered(event, "other", 100)
                .request(event, S, 200, 200, request -> at(request, "other"))
                .check();

        assertThat(kinds(findings)).contains(Kind.MISROUTED);
    }

    @Test
    void shouldFindADeliveryThatNobodyWasPromised() {
        Event event = story.event("a", "k");
        Findings findings = story.subscription(
                        s -> new Wanted(S, s.partition(), "globex", s.types(), null, 0, s.ordering(), true))
                .delivered(event, S, 100)
                .check();

        assertThat(kinds(findings)).containsExactly(Kind.MISROUTED, Kind.MISROUTED);
    }

    @Test
    void shouldFindTheBodyOfAnotherEvent() {
        Event event = story.event("a", "k");
        Findings findings = plain().routed(event, S)
                .request(event, S, 100, 200, request -> carrying(request, "b"))
                .attempt(event, S, 100, 1, 200, Next.DELIVERED)
                .check();

        assertThat(kinds(findings)).containsExactly(Kind.MISROUTED);
    }

    @Test
    void shouldFindABadSignature() {
        Event event = story.event("a", "k");
        Findings findings = plain().routed(event, S)
                .request(event, S, 100, 200, CheckerTest::unverified)
                .attempt(event, S, 100, 1, 200, Next.DELIVERED)
                .check();

        assertThat(kinds(findings)).containsExactly(Kind.BAD_SIGNATURE);
    }

    @Test
    void shouldFindAnEventThatWasRoutedTwice() {
        Event event = story.event("a", "k");

        assertThat(kinds(plain().delivered(event, S, 100).routed(event, S).check()))
                .containsExactly(Kind.ROUTED_TWICE);
    }

    @Test
    void shouldFindAReorderedKey() {
        Event first = story.event("a", "k");
        Event other = story.event("b", "another");
        Event second = story.event("c", "k");
        Findings findings = story.subscription(S, Ordering.KEY)
                .delivered(second, S, 100)
                .delivered(first, S, 200)
                .delivered(other, S, 50)
                .check();

        assertThat(findings.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.REORDERED);
            assertThat(problem.webhookId()).isEqualTo(second.webhookId(S));
        });
    }

    @Test
    void shouldTakeTheFirstSuccessForTheOrder() {
        Event first = story.event("a", "k");
        Event second = story.event("b", "k");
        Findings findings = story.subscription(S, Ordering.KEY)
                .routed(first, S)
                .request(first, S, 1_000, 200)
                .delivered(second, S, 2_500)
                .request(first, S, 13_000, 200)
                .attempt(first, S, 13_000, 1, 200, Next.DELIVERED)
                .commit("deliverer-1", 500)
                .interruption("deliverer-1", 1_200)
                .commit("deliverer-2", 13_500)
                .check();

        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void shouldAskForNoOrderWhereNoneIsPromised() {
        Event first = story.event("a", "k");
        Event second = story.event("b", "k");

        assertThat(plain().delivered(second, S, 100)
                        .delivered(first, S, 200)
                        .check()
                        .problems())
                .isEmpty();
    }

    private static Request at(Request request, String subscription) {
        return new Request(
                subscription,
                request.webhookId(),
                request.sentAtMs(),
                request.receivedAtMs(),
                request.endedAtMs(),
                request.status(),
                true,
                request.eventId(),
                request.type());
    }

    private static Request carrying(Request request, String eventId) {
        return new Request(
                request.subscription(),
                request.webhookId(),
                request.sentAtMs(),
                request.receivedAtMs(),
                request.endedAtMs(),
                request.status(),
                true,
                eventId,
                request.type());
    }

    private static Request unverified(Request request) {
        return new Request(
                request.subscription(),
                request.webhookId(),
                request.sentAtMs(),
                request.receivedAtMs(),
                request.endedAtMs(),
                request.status(),
                false,
                request.eventId(),
                request.type());
    }
}
