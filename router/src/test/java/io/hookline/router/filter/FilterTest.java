package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"data": {"a": [1], "b": [{"prefix": "x"}]}} | {"a": 1, "b": "xy"} | matches
            {"data": {"a": [1], "b": [{"prefix": "x"}]}} | {"a": 2, "b": "xy"} | does not match: data.a is 2, expected 1
            {"data": {"a": [1], "b": [{"prefix": "x"}]}} | {"a": 2} | does not match: data.a is 2, expected 1; and data.b is nothing, expected text that begins with "x"
            {"data": {"a b": [{"numeric": [">", 1]}]}}   | {"a b": ["x", 1, null]} | does not match: data["a b"] is "x", 1, null, expected a number > 1
            {"data": {"a": [{"exists": false}]}}         | {"a": [1, 2, 3, 4, 5, 6, 7]} | does not match: data.a is 1, 2, 3, 4, 5, ..., expected no value
            {"tenant": ["other"]}                        | {} | does not match: tenant is "acme", expected "other"
            """)
    void shouldExplain(String pattern, String data, String expected) throws InvalidFilterException {
        Filter filter = Filter.parse(pattern);
        assertThat(filter.explain(view(filter, data))).hasToString(expected);
    }

    @Test
    void shouldExplainTheNearestAlternativesFirst() throws InvalidFilterException {
        Filter filter = Filter.parse("{\"data\": {\"$or\": [{\"a\": [1], \"b\": [1]}, {\"c\": [1, 2]}]}}");
        assertThat(filter.explain(view(filter, "{\"c\": 3}")))
                .hasToString("does not match: data.c is 3, expected 1 or 2\n"
                        + "  or: data.a is nothing, expected 1; and data.b is nothing, expected 1");
    }

    @Test
    void shouldExplainThatNoSingleElementMeetsAllConditions() throws InvalidFilterException {
        Filter filter = Filter.parse("{\"data\": {\"i\": {\"sku\": [\"A\"], \"gift\": [{\"exists\": false}]}}}");
        assertThat(filter.explain(view(filter, "{\"i\": [{\"sku\": \"A\", \"gift\": 1}, {\"sku\": \"B\"}]}")))
                .hasToString("does not match: data.i.sku, data.i.gift is met by different elements, "
                        + "expected one element of each array that meets all of them");
    }

    @Test
    void shouldTellAnIndexWhatItCanLookUp() throws InvalidFilterException {
        Filter filter =
                Filter.parse("{\"source\": [\"a\"], \"data\": {\"$or\": [{\"x\": [1, {\"numeric\": [\"=\", 2]}]},"
                        + " {\"y\": [{\"numeric\": [\">\", 1]}], \"z\": [\"q\", {\"prefix\": \"p\"}]}]}}");
        Value a = new Value.Text("a");
        assertThat(filter.lookups())
                .containsExactly(
                        new Lookups(
                                Map.of(
                                        FieldPath.of(Attribute.SOURCE), Set.of(a),
                                        FieldPath.data("x"), Set.of(Decimal.of(1), Decimal.of(2))),
                                Map.of(),
                                false),
                        new Lookups(
                                Map.of(FieldPath.of(Attribute.SOURCE), Set.of(a)),
                                Map.of(
                                        FieldPath.data("y"),
                                        List.of(new NumericRange(Decimal.of(1), false, null, false))),
                                false));
        assertThat(Filter.parse("{\"source\": [\"a\", \"b\"]}").lookups().get(0).complete())
                .isTrue();
        assertThat(Filter.parse("{\"source\": [\"a\", {\"exists\": false}]}").lookups())
                .extracting(Lookups::complete)
                .containsExactly(true, false);
    }
}
