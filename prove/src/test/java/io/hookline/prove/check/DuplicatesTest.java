package io.hookline.prove.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.prove.check.Attempted.Next;
import io.hookline.prove.check.Problem.Kind;
import io.hookline.prove.check.Wanted.Ordering;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which repetitions a crash or a move explains, and which nothing does. */
class DuplicatesTest {
    private static final String S = "s";
    private static final String ONE = "deliverer-1";
    private static final String TWO = "deliverer-2";

    private final Story story = new Story();
    private Event event;

    @BeforeEach
    void oneEvent() {
        story.subscription(S, Ordering.NONE);
        event = story.event("a", "k");
        story.routed(event, S);
    }

    private void redeliveredAt(long at) {
        story.request(event, S, at, 200)
                .attempt(event, S, at, 1, 200, Next.DELIVERED)
                .commit(TWO, at + 200);
    }

    @Test
    void shouldAllowWhatCompletedSinceTheLastCommitOfAKilledOwner() {
        story.commit(ONE, 5_000).request(event, S, 5_100, 200).interruption(ONE, 5_150);
        redeliveredAt(17_000);

        Findings findings = story.check();

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.duplicates()).isEqualTo(1);
        assertThat(findings.duplicatesAllowed()).isEqualTo(1);
    }

    @Test
    void shouldAllowWhatWasInFlightWhenAPartitionMoved() {
        story.commit(ONE, 5_000).request(event, S, 4_900, 200, slow -> endedAt(slow, 9_000));
        story.commit(TWO, 8_000);
        redeliveredAt(8_500);

        assertThat(story.check().problems()).isEmpty();
        assertThat(story.check().duplicatesAllowed()).isEqualTo(1);
    }

    @Test
    void shouldAllowARequestOfAnOwnerThatDiedBeforeItCommittedAnything() {
        story.commit(ONE, 5_000).interruption(ONE, 6_000);
        story.request(event, S, 17_000, 200).interruption(TWO, 17_300);
        story.request(event, S, 29_000, 200)
                .attempt(event, S, 29_000, 1, 200, Next.DELIVERED)
                .commit("deliverer-3", 29_300);

        assertThat(story.check().problems()).isEmpty();
    }

    /** It was killed, another owned the partition, died without a commit, and it came back under its name. */
    @Test
    void shouldAllowARequestOfAnOwnerBetweenTwoLivesOfAnother() {
        story.commit(ONE, 5_000).interruption(ONE, 6_000);
        story.request(event, S, 17_000, 200).interruption(TWO, 18_200);
        story.request(event, S, 29_000, 200)
                .attempt(event, S, 29_000, 1, 200, Next.DELIVERED)
                .commit(ONE, 29_300);

        assertThat(story.check().problems()).isEmpty();
        assertThat(story.check().duplicatesAllowed()).isEqualTo(1);
    }

    @Test
    void shouldFindARepetitionWithoutAnyCrash() {
        story.commit(ONE, 5_000).request(event, S, 5_100, 200).commit(ONE, 5_300);
        story.request(event, S, 7_600, 200)
                .attempt(event, S, 7_600, 1, 200, Next.DELIVERED)
                .commit(ONE, 7_900);

        Findings findings = story.check();

        assertThat(findings.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.UNEXPLAINED));
        assertThat(findings.duplicates()).isEqualTo(1);
        assertThat(findings.duplicatesAllowed()).isZero();
        assertThat(findings.isClean()).isFalse();
    }

    @Test
    void shouldFindARepetitionOfWhatWasRecordedAsDelivered() {
        story.request(event, S, 4_000, 200)
                .attempt(event, S, 4_000, 1, 200, Next.DELIVERED)
                .commit(ONE, 4_300)
                .interruption(ONE, 6_000);
        story.request(event, S, 17_000, 200)
                .attempt(event, S, 17_000, 1, 200, Next.DELIVERED)
                .commit(TWO, 17_300);

        assertThat(story.check().problems())
                .extracting(Problem::kind)
                .containsExactlyInAnyOrder(Kind.UNEXPLAINED, Kind.ATTEMPTS_WRONG);
    }

    @Test
    void shouldFindTheLossOfWhatHadEndedLongBeforeTheLastCommit() {
        story.commit(ONE, 1_000)
                .request(event, S, 1_100, 200)
                .commit(ONE, 5_000)
                .interruption(ONE, 6_000);
        redeliveredAt(17_000);

        assertThat(story.check().problems()).extracting(Problem::kind).containsExactly(Kind.UNEXPLAINED);
    }

    @Test
    void shouldFindWhatAZombieSentAfterItWoke() {
        story.commit(ONE, 5_000).interruption(ONE, 5_500);
        redeliveredAt(17_000);
        story.request(event, S, 31_000, 200).commit(TWO, 32_000);

        Findings findings = story.check();

        assertThat(findings.problems()).extracting(Problem::kind).containsExactly(Kind.UNEXPLAINED);
        assertThat(findings.duplicates()).isEqualTo(1);
        assertThat(findings.duplicatesAllowed()).isZero();
    }

    @Test
    void shouldBlameTheRightInstance() {
        story.commit(ONE, 5_000)
                .request(event, S, 5_100, 200)
                .interruption(TWO, 5_200)
                .commit(ONE, 6_500);
        story.request(event, S, 6_600, 200)
                .attempt(event, S, 6_600, 1, 200, Next.DELIVERED)
                .commit(ONE, 6_900);

        assertThat(story.check().problems()).extracting(Problem::kind).containsExactly(Kind.UNEXPLAINED);
    }

    @Test
    void shouldTakeALostAnswerForAFailure() {
        story.request(event, S, 1_000, 200)
                .attempt(event, S, 1_000, 1, null, Next.RETRY)
                .request(event, S, 3_000, 200)
                .attempt(event, S, 3_000, 2, 200, Next.DELIVERED)
                .commit(ONE, 3_500);

        Findings findings = story.check();

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.answersLost()).isEqualTo(1);
        assertThat(findings.duplicates()).isZero();
    }

    @Test
    void shouldFindAnAttemptThatIsCountedTwice() {
        story.request(event, S, 1_000, 503)
                .attempt(event, S, 1_000, 1, 503, Next.RETRY)
                .request(event, S, 3_000, 200)
                .attempt(event, S, 3_000, 1, 200, Next.DELIVERED)
                .commit(ONE, 3_500);

        assertThat(story.check().problems()).extracting(Problem::kind).containsExactly(Kind.ATTEMPTS_WRONG);
    }

    @Test
    void shouldFindARecordOfARequestThatWasNeverMade() {
        story.attempt(event, S, 1_000, 1, 200, Next.DELIVERED).commit(ONE, 1_500);

        assertThat(story.check().problems()).extracting(Problem::kind).containsExactly(Kind.LOST, Kind.ATTEMPTS_WRONG);
    }

    private static Request endedAt(Request request, long at) {
        return new Request(
                request.subscription(),
                request.webhookId(),
                request.sentAtMs(),
                request.receivedAtMs(),
                Story.START + at,
                request.status(),
                true,
                request.eventId(),
                request.type());
    }
}
