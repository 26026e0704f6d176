package io.hookline.prove.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.prove.check.Attempted.Next;
import io.hookline.prove.check.Wanted.Ordering;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    @Test
    void shouldTellTheShortestOfTheLostInTheOrderOfTime() {
        Story story = new Story().subscription("s", Ordering.NONE);
        Event longer = story.event("long", "k");
        Event shorter = story.event("short", "k");
        story.routed(longer, "s")
                .request(longer, "s", 100, 503)
                .attempt(longer, "s", 100, 1, 503, Next.RETRY)
                .request(longer, "s", 2_000, 503)
                .attempt(longer, "s", 2_000, 2, 503, Next.RETRY)
                .routed(shorter, "s")
                .attempt(shorter, "s", 900, 1, 503, Next.RETRY)
                .request(shorter, "s", 900, 503)
                .interruption("deliverer-1", 500);
        Evidence evidence = story.evidence();

        List<String> told = History.shortest(evidence, Checker.check(evidence), Problem.Kind.LOST)
                .orElseThrow();

        assertThat(told.get(0)).startsWith("lost " + shorter.webhookId("s"));
        assertThat(told.get(1)).contains("subscription s, partition 3");
        assertThat(told.subList(2, told.size())).hasSize(5);
        assertThat(told.subList(2, told.size()))
                .extracting(line -> line.substring(0, line.indexOf('Z')))
                .isSorted();
        assertThat(told)
                .anyMatch(line -> line.contains("event short in events.order.shipped-0@1"))
                .anyMatch(line -> line.contains("(kill -9 deliverer-1)"))
                .anyMatch(line -> line.contains("attempts@") && line.contains("then RETRY"))
                .anyMatch(line -> line.contains("receiver:") && line.contains("answered 503"));
    }

    @Test
    void shouldTellNothingWhereNothingIsWrong() {
        Story story = new Story().subscription("s", Ordering.NONE);
        story.delivered(story.event("a", "k"), "s", 100);

        assertThat(History.shortest(story.evidence(), story.check(), Problem.Kind.LOST))
                .isEmpty();
    }
}
