package io.hookline.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final SchemaText INT = SchemaText.parse("\"int\"", false);
    private static final SchemaText LONG = SchemaText.parse("\"long\"", false);

    /** A log whose appends can fail before or after the change is kept. */
    private static final class FlakyLog implements ChangeLog {
        private final List<Change> kept = new ArrayList<>();
        private boolean failBefore;
        private boolean failAfter;
        private boolean doubtful;

        @Override
        public void settle(Consumer<Change> changes) {
            if (doubtful) {
                doubtful = false;
                kept.forEach(changes);
            }
        }

        @Override
        public void append(Change change) {
            if (!failBefore) {
                kept.add(change);
            }
            if (failBefore || failAfter) {
                failBefore = false;
                failAfter = false;
                doubtful = true;
                throw RegistryError.store("away", null);
            }
        }
    }

    private final FlakyLog log = new FlakyLog();
    private final RegistryState state = new RegistryState();
    private final Registry registry = new Registry(state, log);

    @Test
    void shouldChangeNothingThatTheLogDidNotKeep() {
        log.failBefore = true;
        assertThatThrownBy(() -> registry.register("a", INT)).isInstanceOf(RegistryError.class);
        assertThat(state.subjects(true)).isEmpty();
        assertThat(registry.register("a", INT)).isEqualTo(1);
    }

    /** Were the lost answer forgotten, the next schema would get the same id and version. */
    @Test
    void shouldNotGiveAnIdTwiceWhenTheAnswerOfTheLogWasLost() {
        log.failAfter = true;
        assertThatThrownBy(() -> registry.register("a", INT)).isInstanceOf(RegistryError.class);
        assertThat(registry.register("a", LONG)).isEqualTo(2);
        assertThat(registry.versions("a", false)).containsExactly(1, 2);
        assertThat(registry.register("a", INT)).isEqualTo(1);

        RegistryState replayed = new RegistryState();
        log.kept.forEach(replayed::apply);
        assertThat(replayed.versions("a", true)).isEqualTo(state.versions("a", true));
    }

    @Test
    void shouldReportTwoSchemasUnderOneId() {
        registry.register("a", INT);
        assertThatThrownBy(() -> state.apply(new Change.Version("b", 1, 1, "\"long\"", false, false)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("id 1");
        assertThat(registry.schema(1)).isEqualTo("\"int\"");
    }

    @Test
    void shouldDeleteTheLatestByThatName() {
        registry.register("a", INT);
        registry.register("a", LONG);
        assertThat(registry.deleteVersion("a", "latest", false)).isEqualTo(2);
        assertThat(registry.deleteVersion("a", "latest", false)).isEqualTo(1);
        assertThatThrownBy(() -> registry.deleteVersion("a", "latest", false))
                .isInstanceOfSatisfying(
                        RegistryError.class, e -> assertThat(e.code()).isEqualTo(40401));
    }
}
