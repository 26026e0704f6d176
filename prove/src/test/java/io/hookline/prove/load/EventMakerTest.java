package io.hookline.prove.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.producer.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventMakerTest {
    private static List<Event> made(long seed) {
        EventMaker maker = new EventMaker(new SplittableRandom(seed), 20);
        return Stream.generate(maker::next).limit(500).toList();
    }

    private static List<String> said(List<Event> events) {
        return events.stream()
                .map(event -> event.id() + " " + event.type() + " " + event.tenant())
                .toList();
    }

    @Test
    void shouldMakeTheSameEventsOfTheSameSeed() {
        assertThat(said(made(3))).isEqualTo(said(made(3)));
        assertThat(said(made(3))).isNotEqualTo(said(made(4)));
    }

    @Test
    void shouldGiveEveryEventAnIdOfItsOwnAndUseEveryTenantAndNone() {
        Set<String> ids = new HashSet<>();
        Set<String> tenants = new HashSet<>();
        for (Event event : made(3)) {
            ids.add(String.valueOf(event.id()));
            tenants.add(String.valueOf(event.tenant()));
        }
        assertThat(ids).hasSize(500);
        assertThat(tenants).containsAll(EventMaker.TENANTS).contains("null");
    }
}
