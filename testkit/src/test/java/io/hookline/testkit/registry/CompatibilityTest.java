package io.hookline.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    private static final Schema NONE_YET = record("");
    private static final Schema OPTIONAL = record("{\"name\":\"x\",\"type\":\"int\",\"default\":0}");
    private static final Schema REQUIRED = record("{\"name\":\"x\",\"type\":\"int\"}");

    /** Removing a field can be read, adding one without default cannot; writers the other way round. */
    @ParameterizedTest
    @CsvSource({
        "NONE,     true,  true,  true",
        "BACKWARD, true,  false, true",
        "FORWARD,  true,  true,  false",
        "FULL,     true,  false, false",
    })
    void shouldJudgeEachDirection(Compatibility level, boolean optionalAdded, boolean requiredAdded, boolean removed) {
        assertThat(level.check(OPTIONAL, List.of(NONE_YET)).isEmpty()).isEqualTo(optionalAdded);
        assertThat(level.check(REQUIRED, List.of(NONE_YET)).isEmpty()).isEqualTo(requiredAdded);
        assertThat(level.check(NONE_YET, List.of(REQUIRED)).isEmpty()).isEqualTo(removed);
    }

    @Test
    void shouldLookAtTheLatestOrAtAll() {
        List<Schema> history = List.of(NONE_YET, REQUIRED);
        assertThat(Compatibility.BACKWARD.check(REQUIRED, history)).isEmpty();
        assertThat(Compatibility.BACKWARD_TRANSITIVE.check(REQUIRED, history))
                .singleElement()
                .asString()
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE", "x");
        assertThat(Compatibility.FORWARD_TRANSITIVE.check(NONE_YET, history)).hasSize(1);
        assertThat(Compatibility.FULL_TRANSITIVE.check(OPTIONAL, history)).isEmpty();
    }

    @Test
    void shouldWelcomeTheFirstOfASubject() {
        assertThat(Stream.of(Compatibility.values()))
                .allMatch(level -> level.check(REQUIRED, List.of()).isEmpty());
    }

    @Test
    void shouldKnowLevelsByTheirExactNames() {
        assertThat(Compatibility.named("FULL_TRANSITIVE")).isEqualTo(Compatibility.FULL_TRANSITIVE);
        for (String wrong : List.of("", "full", "FULL ", "BACKWARDS")) {
            assertThatThrownBy(() -> Compatibility.named(wrong)).isInstanceOf(RegistryError.class);
        }
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
    }
}
