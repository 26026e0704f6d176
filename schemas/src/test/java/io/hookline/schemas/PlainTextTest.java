package io.hookline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
    @Property
    void shouldBeOneShortLine(@ForAll String text, @ForAll @IntRange(max = 300) int max) {
        String line = PlainText.oneLine(text, max);

        assertThat(line)
                .doesNotContain("\n", "\r", "\u2028", "\u001b", "\u0000")
                .hasSizeLessThan(9 * max + 50);
        assertThat(line.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'' | 5 | ''",
                "größe ☃ | 50 | größe ☃",
                "abcdef | 6 | abcdef",
                "abcdef | 5 | abcde... (6 characters)",
                "abc | 0 | ... (3 characters)"
            },
            delimiter = '|')
    void shouldCutWhatIsTooLong(String text, int max, String expected) {
        assertThat(PlainText.oneLine(text, max)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"13", "10", "27", "0", "133", "8232", "8233", "8238", "55296"})
    void shouldEscapeWhatCouldForgeALine(int character) {
        assertThat(PlainText.oneLine("a" + (char) character + "b", 9))
                .isEqualTo("a" + String.format("\\u%04x", character) + "b");
    }
}
