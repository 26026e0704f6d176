package io.hookline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaultTest {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(4).build())
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1",
                "{\"a\":",
                "{\"a\":NaN}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":01}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "/* */ {}",
                "# x",
                "nonsense",
                "{\"a\":\"b"
            })
    void shouldSayNothingOfTheParsersOwnClassesAndSwitches(String text) {
        JsonFault fault = faultOf(text);

        assertThat(fault.text())
                .doesNotContain("Source:", "REDACTED", "Feature", "StreamRead", "`", "Constraints", "\n")
                .doesNotEndWith(".")
                .isNotBlank();
        assertThat(fault.line()).isPositive();
        assertThat(fault.column()).isPositive();
    }

    @Test
    void shouldSayWhereWhatIsNotClosedBegins() {
        assertThat(faultOf("{\"a\":\n [1").atAndWhat())
                .isEqualTo(
                        " at line 2, column 4: Unexpected end-of-input: expected close marker for Array (it begins at line"
                                + " 2, column 2)");
        assertThat(faultOf("{\"a\":NaN}").text()).isEqualTo("Non-standard token 'NaN'");
    }

    @Test
    void shouldSayWhichLimitWasMetWithoutAPlace() {
        assertThat(faultOf("[[[[[[1]]]]]]").atAndWhat())
                .isEqualTo(": Document nesting depth (5) exceeds the maximum allowed (4)");
    }

    private static JsonFault faultOf(String text) {
        return JsonFault.of(catchThrowableOfType(JsonProcessingException.class, () -> {
            try (JsonParser parser = JSON.createParser(text)) {
                while (parser.nextToken() != null) {
                    parser.getText();
                }
            }
        }));
    }
}
