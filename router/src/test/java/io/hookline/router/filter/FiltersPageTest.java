package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every example of docs/filters.md is true, and so is every difference from event-ruler that it lists. */
class FiltersPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("^- (matches|not) `(.*)`$");
    private static final Pattern DIFFERENCE =
            Pattern.compile("^\\| `(.*?)` \\| `(.*?)` \\| (yes|no|refused) \\| (yes|no|refused) \\| .* \\|$");
    private static final Pattern LIMIT = Pattern.compile("^\\| `(\\w+Max)` \\| .*$");

    @TestFactory
    Stream<DynamicTest> shouldMatchAsTheExamplesSay() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        String pattern = "";
        List<String> page = page();
        for (int i = 0; i < page.size(); i++) {
            if (page.get(i).equals("```json")) {
                pattern = page.get(i + 1);
            }
            for (MatchResult example : EXAMPLE.matcher(page.get(i)).results().toList()) {
                String filter = pattern;
                String expected = example.group(1).equals("matches") ? "yes" : "no";
                tests.add(dynamicTest(
                        filter + " " + example.group(1) + " " + example.group(2),
                        () -> assertThat(ours(filter, example.group(2))).isEqualTo(expected)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> shouldDifferFromEventRulerAsListed() throws IOException {
        List<DynamicTest> tests = page().stream()
                .flatMap(line -> DIFFERENCE.matcher(line).results())
                .map(row -> dynamicTest(row.group(1) + " on " + row.group(2), () -> {
                    assertThat(ours(row.group(1), row.group(2))).as("here").isEqualTo(row.group(3));
                    assertThat(theirs(row.group(1), row.group(2)))
                            .as("event-ruler")
                            .isEqualTo(row.group(4));
                }))
                .toList();
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    @Test
    void shouldListEveryLimit() throws IOException {
        List<String> listed = page().stream()
                .flatMap(line -> LIMIT.matcher(line).results())
                .map(row -> row.group(1))
                .toList();
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(FilterLimits.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
    }

    private static List<String> page() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs/filters.md")) ? here : here.getParent();
        return Files.readAllLines(root.resolve("docs/filters.md"));
    }

    private static String ours(String pattern, String event) throws IOException {
        Filter filter;
        try {
            filter = Filter.parse(pattern);
        } catch (InvalidFilterException e) {
            return "refused";
        }
        FieldPlan plan = FieldPlan.ofFilters(List.of(filter));
        EventView view = new JsonEventView(attributes(event), data(event), plan);
        boolean matches = filter.matches(view);
        assertThat(filter.explain(view).matches()).isEqualTo(matches);
        return matches ? "yes" : "no";
    }

    private static EventAttributes attributes(String event) throws IOException {
        JsonNode node = new ObjectMapper().readTree(event);
        return new EventAttributes(
                node.path("type").textValue(),
                node.path("source").textValue(),
                node.path("subject").textValue(),
                node.path("tenant").textValue(),
                node.path("id").textValue(),
                node.path("time").textValue());
    }

    /** The text of the payload, as it is: reading and writing it would change numbers. */
    private static byte[] data(String event) {
        int at = event.indexOf("\"data\": ");
        String text = at < 0 ? "{}" : event.substring(at + 8, event.length() - 1);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String theirs(String pattern, String event) {
        try {
            return new EventRuler(pattern).matches(event) ? "yes" : "no";
        } catch (Exception e) {
            return "refused";
        }
    }
}
