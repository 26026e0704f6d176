package io.hookline.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "kitten, sitting, 3", "form, from, 1", "linger, lingre, 1", "abc, cab, 2"})
    void shouldCountEdits(String a, String b, int expected) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(expected);
    }

    @Property
    void shouldBeADistance(
            @ForAll @AlphaChars @StringLength(max = 8) String a, @ForAll @AlphaChars @StringLength(max = 8) String b) {
        int distance = Suggestion.distance(a, b);

        assertThat(distance).isEqualTo(Suggestion.distance(b, a)).isLessThanOrEqualTo(Math.max(a.length(), b.length()));
        assertThat(distance == 0).isEqualTo(a.equals(b));
    }

    @Property
    void shouldFindTheKeyBehindOneSlip(@ForAll @AlphaChars @StringLength(min = 5, max = 20) String key) {
        String swapped = key.substring(0, 1) + key.charAt(2) + key.charAt(1) + key.substring(3);

        assertThat(Suggestion.nearest(swapped, Set.of(key, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")))
                .contains(key);
        assertThat(Suggestion.nearest(key.substring(1), Set.of(key))).contains(key);
    }
}
