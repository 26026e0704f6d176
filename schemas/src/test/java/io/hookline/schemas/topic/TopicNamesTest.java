package io.hookline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {
    @Provide
    Arbitrary<String> prefixes() {
        return legal(0, 40).filter(prefix -> !prefix.contains("events."));
    }

    @Provide
    Arbitrary<String> types() {
        return legal(1, 180);
    }

    private static Arbitrary<String> legal(int min, int max) {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars('.', '_', '-')
                .ofMinLength(min)
                .ofMaxLength(max);
    }

    @Property
    void shouldGiveOnlyNamesThatKafkaAccepts(@ForAll("prefixes") String prefix, @ForAll("types") String type) {
        TopicNames names = new TopicNames(prefix);
        Topic.validate(names.events(type));
        for (TopicSpec spec : new TopicCatalogue(names, 32).pipeline()) {
            Topic.validate(spec.name());
        }
    }

    @Property
    void shouldFindTheTypeInTheName(@ForAll("prefixes") String prefix, @ForAll("types") String type) {
        TopicNames names = new TopicNames(prefix);

        assertThat(names.eventType(names.events(type))).contains(type);
        assertThat(names.eventsPattern().matcher(names.events(type)).matches()).isTrue();
    }

    @Property
    void shouldMatchExactlyTheTopicsThatHaveAType(@ForAll("prefixes") String prefix, @ForAll("types") String topic) {
        TopicNames names = new TopicNames(prefix);
        for (String any : List.of(topic, "events." + topic, prefix + topic, prefix + "events." + topic)) {
            assertThat(names.eventsPattern().matcher(any).matches())
                    .as(any)
                    .isEqualTo(names.eventType(any).isPresent());
        }
    }

    @Test
    void shouldKeepTheTypeThatItsOwnEventsAreNamedFor() {
        assertThat(TopicNames.DEFAULT.eventType(TopicNames.DEFAULT.operations()))
                .contains("hookline");
        assertThatThrownBy(() -> TopicNames.DEFAULT.events("hookline"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'hookline' is Hookline's own");
    }

    /** Several installations on one cluster: no router may take another installation's own topics for events. */
    @Property
    void shouldNotTakeTopicsOfAnotherInstallationForEvents(
            @ForAll("prefixes") String mine, @ForAll("prefixes") String other) {
        TopicNames names = new TopicNames(mine);
        for (TopicSpec spec : new TopicCatalogue(new TopicNames(other), 1).pipeline()) {
            boolean isOwnEvents = mine.equals(other) && spec.name().equals(names.operations());
            assertThat(names.eventType(spec.name()).isPresent()).as(spec.name()).isEqualTo(isOwnEvents);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.", "shop-events.", "a.events.b"})
    void shouldRefuseAPrefixThatAnotherInstallationWouldTakeForEvents(String prefix) {
        assertThatThrownBy(() -> new TopicNames(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + prefix + "'")
                .hasMessageContaining("events.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/", "ä", "a\n", "01234567890123456789012345678901234567890"})
    void shouldRefuseAPrefixThatKafkaWouldRefuse(String prefix) {
        assertThatThrownBy(() -> new TopicNames(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("at most 40")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "order created", "order/created", "größe", "a\u0000b", "a\n", "*", "order.*"})
    void shouldRefuseATypeThatCannotNameATopic(String type) {
        assertThat(TopicNames.isEventType(type)).isFalse();
        assertThatThrownBy(() -> TopicNames.DEFAULT.events(type))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("cannot name a topic")
                .doesNotContain("\n", "\u0000");
    }

    @Test
    void shouldLimitTheLengthOfATypeAndOfAMessageAboutIt() {
        assertThatCode(() -> TopicNames.DEFAULT.events("a".repeat(180))).doesNotThrowAnyException();
        assertThatThrownBy(() -> TopicNames.DEFAULT.events("a".repeat(1_000_000)))
                .message()
                .hasSizeLessThan(300)
                .contains("1000000 characters");
    }

    @Test
    void shouldNotTakeATopicWithoutATypeForEvents() {
        assertThat(TopicNames.DEFAULT.eventType("events.")).isEmpty();
        assertThat(TopicNames.DEFAULT.eventsPattern().matcher("events.").matches())
                .isFalse();
        assertThat(TopicNames.DEFAULT.eventsPattern().matcher("eventsXa").matches())
                .isFalse();
        assertThat(new TopicNames("a.").eventType("aXevents.b")).isEmpty();
    }

    @Test
    void shouldPutThePrefixBeforeGroupsToo() {
        TopicNames names = new TopicNames("blue.");
        assertThat(names.routerGroup()).isEqualTo("blue.hookline.router");
        assertThat(names.delivererGroup()).isEqualTo("blue.hookline.deliverer");
    }
}
