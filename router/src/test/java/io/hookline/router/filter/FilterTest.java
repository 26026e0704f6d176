package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static final EventAttributes ATTRIBUTES =
            new EventAttributes("order_created", "shop", "orders/7", "acme", "e-1", "2026-11-24T04:07:02Z");

    private static boolean matches(String pattern, String data) {
        try {
            Filter filter = Filter.parse(pattern);
            return filter.matches(view(filter, data));
        } catch (InvalidFilterException e) {
            throw new AssertionError(e);
        }
    }

    private static EventView view(Filter filter, String data) {
        return new JsonEventView(
                ATTRIBUTES, data.getBytes(StandardCharsets.UTF_8), FieldPlan.ofFilters(List.of(filter)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type": ["order_created"]}                              | {}                    | true
            {"type": ["order_paid"]}                                 | {}                    | false
            {"tenant": [{"prefix": "ac"}], "source": ["shop"]}       | {}                    | true
            {"data": {"a": ["x", 1, true, null]}}                    | {"a": "x"}            | true
            {"data": {"a": ["x", 1, true, null]}}                    | {"a": 1.0}            | true
            {"data": {"a": ["x", 1, true, null]}}                    | {"a": null}           | true
            {"data": {"a": ["x", 1, true, null]}}                    | {"a": "1"}            | false
            {"data": {"a": ["x", 1, true, null]}}                    | {"a": false}          | false
            {"data": {"a": [9007199254740993]}}                      | {"a": 9007199254740992} | false
            {"data": {"a": [9007199254740993]}}                      | {"a": 9007199254740993} | true
            {"data": {"a": {"b": [{"numeric": [">", 0, "<=", 5]}]}}} | {"a": {"b": 5}}       | true
            {"data": {"a": {"b": [{"numeric": [">", 0, "<=", 5]}]}}} | {"a": {"b": 0.0}}     | false
            {"data": {"a": [{"numeric": ["=", 3.018e2]}]}}           | {"a": 301.8}          | true
            {"data": {"a": [{"exists": true}]}}                      | {"a": null}           | true
            {"data": {"a": [{"exists": true}]}}                      | {"a": {"b": 1}}       | false
            {"data": {"a": [{"exists": false}]}}                     | {"b": 1}              | true
            {"data": {"a": [{"exists": false}]}}                     | {"a": []}             | true
            {"data": {"a": [{"wildcard": "a*b*c"}]}}                 | {"a": "a-b-b-c"}      | true
            {"data": {"a": [{"wildcard": "a*b*c"}]}}                 | {"a": "acb"}          | false
            {"data": {"a": [{"anything-but": {"suffix": [".png", ".jpg"]}}]}} | {"a": "x.png"} | false
            {"data": {"a": [{"anything-but": {"suffix": [".png", ".jpg"]}}]}} | {"a": "x.gif"} | true
            {"data": {"a": [{"cidr": "10.0.0.0/8"}]}}                | {"a": "10.1.2.3"}     | true
            {"data": {"a": [{"cidr": "2001:db8::/32"}]}}             | {"a": "2001:db8::1"}  | true
            {"data": {"$or": [{"a": [1]}, {"b": [2]}]}}              | {"b": 2}              | true
            {"data": {"$or": [{"a": [1]}, {"b": [2]}]}}              | {"b": 1}              | false
            {"data": {"e": {"f": ["Anna"], "l": ["Smith"]}}} | {"e": [{"f": "Anna", "l": "Smith"}, {"f": "Jo", "l": "Jones"}]} | true
            {"data": {"e": {"f": ["Anna"], "l": ["Jones"]}}} | {"e": [{"f": "Anna", "l": "Smith"}, {"f": "Jo", "l": "Jones"}]} | false
            """)
    void shouldMatchAsThePatternSays(String pattern, String data, boolean expected) {
        assertThat(matches(pattern, data)).isEqualTo(expected);
    }

    @Test
    void shouldListEveryProblem() {
        assertThatThrownBy(
                        () -> Filter.parse(
                                "{\"detail\": [1], \"data\": {\"a\": 5, \"b\": [], \"c\": [{\"numeric\": [\">\", \"x\"]}], \"c\": [1]}}"))
                .isInstanceOfSatisfying(
                        InvalidFilterException.class,
                        e -> assertThat(e.problems())
                                .extracting(FilterProblem::path)
                                .containsExactly("detail", "data.a", "data.b", "data.c[0].numeric[1]", "data.c"));
    }

    @Test
    void shouldNotReadThePayloadForAttributesAlone() throws InvalidFilterException {
        Filter filter = Filter.parse("{\"type\": [\"order_created\"]}");
        assertThat(filter.matches(view(filter, "not JSON"))).isTrue();
    }

    @Test
    void shouldRefuseAnEventThatIsNotJson() throws InvalidFilterException {
        Filter filter = Filter.parse("{\"data\": {\"a\": [1]}}");
        assertThatThrownBy(() -> filter.matches(view(filter, "{\"a\": 1")))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("not JSON");
    }
}
