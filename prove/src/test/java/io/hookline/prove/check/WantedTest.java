package io.hookline.prove.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static Wanted wanted(String tenant, List<String> types, Integer quantityMin, long createdAt) {
        return new Wanted("s", 0, tenant, types, quantityMin, createdAt, Wanted.Ordering.NONE, true);
    }

    private static Event event(String tenant, String type, Integer quantity) {
        return new Story().event("a", "k", tenant, type, quantity);
    }

    @Test
    void shouldMatchTypesExactlyByPrefixAndAll() {
        Event shipped = event("acme", "order.shipped", 1);

        assertThat(wanted(null, List.of("order.shipped"), null, 0).matches(shipped))
                .isTrue();
        assertThat(wanted(null, List.of("order.*"), null, 0).matches(shipped)).isTrue();
        assertThat(wanted(null, List.of("*"), null, 0).matches(shipped)).isTrue();
        assertThat(wanted(null, List.of("order"), null, 0).matches(shipped)).isFalse();
        assertThat(wanted(null, List.of("order.*"), null, 0).matches(event("acme", "order_created", 1)))
                .isFalse();
    }

    @Test
    void shouldMatchItsTenantOnlyUnlessItIsForAll() {
        assertThat(wanted("acme", List.of("*"), null, 0).matches(event("acme", "x", 1)))
                .isTrue();
        assertThat(wanted("acme", List.of("*"), null, 0).matches(event("globex", "x", 1)))
                .isFalse();
        assertThat(wanted("acme", List.of("*"), null, 0).matches(event(null, "x", 1)))
                .isFalse();
        assertThat(wanted(null, List.of("*"), null, 0).matches(event(null, "x", 1)))
                .isTrue();
    }

    @Test
    void shouldMatchFromTheLeastQuantityOnAndOnlyWhereThereIsOne() {
        assertThat(wanted(null, List.of("*"), 7, 0).matches(event("acme", "x", 7)))
                .isTrue();
        assertThat(wanted(null, List.of("*"), 7, 0).matches(event("acme", "x", 6)))
                .isFalse();
        assertThat(wanted(null, List.of("*"), 7, 0).matches(event("acme", "x", null)))
                .isFalse();
    }

    @Test
    void shouldMatchFromItsCreationOn() {
        assertThat(wanted(null, List.of("*"), null, Story.START).matches(event("acme", "x", 1)))
                .isTrue();
        assertThat(wanted(null, List.of("*"), null, Story.START + 1).matches(event("acme", "x", 1)))
                .isFalse();
    }
}
