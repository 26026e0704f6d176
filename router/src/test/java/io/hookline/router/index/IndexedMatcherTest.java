package io.hookline.router.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.router.filter.EventAttributes;
import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPath;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.JsonEventView;
import io.hookline.router.match.Route;
import io.hookline.router.match.Selection;
import io.hookline.router.match.TypePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexedMatcherTest {
    record Change(String id, Route route) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> ids = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<String> tenants = Arbitraries.of("t1", "t2").injectNull(0.3);
        Arbitrary<List<TypePattern>> types = Arbitraries.of("x", "x.y", "x.*", "x.y.*", "*")
                .map(TypePattern::parse)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        Arbitrary<Long> created = Arbitraries.longs().between(0, 3);
        Arbitrary<Filter> filters = Arbitraries.of(
                        "{\"data\":{\"n\":[1]}}", "{\"type\":[\"x.y\"]}", "{\"data\":{\"m\":[1]}}")
                .map(IndexedMatcherTest::filter)
                .injectNull(0.5);
        Arbitrary<Change> puts = Combinators.combine(ids, tenants, types, created, filters)
                .as((id, tenant, t, c, filter) -> new Change(id, new Route(id, 0, tenant, t, filter, c)));
        return Arbitraries.oneOf(puts, puts, ids.map(id -> new Change(id, null)))
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 500)
    void shouldAgreeWithAListOfRoutes(@ForAll("changes") List<Change> changes) {
        IndexedMatcher matcher = new IndexedMatcher();
        Map<String, Route> model = new HashMap<>();
        for (Change change : changes) {
            if (change.route == null) {
                matcher.remove(change.id);
                model.remove(change.id);
            } else {
                matcher.put(change.route);
                model.put(change.id, change.route);
            }
        }
        assertThat(matcher.size()).isEqualTo(model.size());
        for (String type : List.of("x", "x.y", "x.y.z", "other", ".")) {
            for (String tenant : new String[] {"t1", "t2", null}) {
                for (long at = 0; at < 4; at++) {
                    assertThat(matched(matcher, type, tenant, at)).isEqualTo(expected(model, type, tenant, at));
                }
            }
        }
    }

    private static List<String> matched(IndexedMatcher matcher, String type, String tenant, long at) {
        List<String> ids = new ArrayList<>();
        Selection selection = matcher.select(type, tenant);
        selection.match(view(type, tenant, selection.plan()), at, route -> ids.add(route.id()));
        ids.sort(null);
        return ids;
    }

    private static List<String> expected(Map<String, Route> model, String type, String tenant, long at) {
        TreeSet<String> ids = new TreeSet<>();
        for (Route route : model.values()) {
            boolean wanted = route.types().stream().anyMatch(types -> types.matches(type))
                    && (route.tenant() == null || route.tenant().equals(tenant))
                    && route.createdAtMs() <= at
                    && (route.filter() == null
                            || route.filter()
                                    .matches(view(
                                            type,
                                            tenant,
                                            FieldPlan.of(route.filter().paths()))));
            if (wanted) {
                ids.add(route.id());
            }
        }
        return new ArrayList<>(ids);
    }

    private static EventView view(String type, String tenant, FieldPlan plan) {
        EventAttributes attributes = new EventAttributes(type, null, null, tenant, null, null);
        return new JsonEventView(attributes, "{\"n\":1}".getBytes(StandardCharsets.UTF_8), plan);
    }

    private static Filter filter(String json) {
        try {
            return Filter.parse(json);
        } catch (io.hookline.router.filter.InvalidFilterException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldLeaveOutWhoNeedsDataWhenThereIsNone() {
        IndexedMatcher matcher = new IndexedMatcher();
        matcher.put(route("bare", null));
        matcher.put(route("attribute", filter("{\"type\":[\"x\"]}")));
        matcher.put(route("absent", filter("{\"data\":{\"n\":[{\"exists\":false}]}}")));
        Selection selection = matcher.select("x", "t");
        assertThat(selection.plan().paths()).containsExactly(FieldPath.data("n"));
        List<String> ids = new ArrayList<>();
        EventView bare = EventView.ofAttributes(EventAttributes.of("x", "s"), FieldPlan.NOTHING);
        selection.matchWithoutData(bare, 0, route -> ids.add(route.id()));
        assertThat(ids).containsExactlyInAnyOrder("bare", "attribute");
    }

    private static Route route(String id, Filter filter) {
        return new Route(id, 0, "t", List.of(new TypePattern.Any()), filter, 0);
    }

    @Test
    void shouldNeverMissARouteThatMovesBetweenBuckets() throws Exception {
        IndexedMatcher matcher = new IndexedMatcher();
        List<List<TypePattern>> places = List.of(
                List.of(TypePattern.parse("x")),
                List.of(TypePattern.parse("*")),
                List.of(TypePattern.parse("x"), TypePattern.parse("*")));
        matcher.put(new Route("moves", 0, "t", places.get(0), null, 0));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<List<String>> wrong = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                List<String> found = matched(matcher, "x", "t", 0);
                if (!found.equals(List.of("moves"))) {
                    wrong.set(found);
                    return;
                }
            }
        });
        reader.start();
        for (int i = 0; i < 50_000 && wrong.get() == null; i++) {
            matcher.put(new Route("moves", 0, i % 2 == 0 ? "t" : null, places.get(i % 3), null, 0));
            matcher.put(new Route("other-" + i % 7, 0, "t", List.of(TypePattern.parse("y")), null, 0));
            matcher.remove("other-" + (i + 3) % 7);
        }
        stop.set(true);
        reader.join();
        assertThat(wrong.get()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "order,order,true",
        "order,order.x,false",
        "order.*,order.x.y,true",
        "order.*,order,false",
        "order.*,orders,false",
        "*,anything,true"
    })
    void shouldMatchTypes(String pattern, String type, boolean expected) {
        assertThat(TypePattern.parse(pattern).matches(type)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a*", "*.a", "**", "a b", "ä", ".*x"})
    void shouldRefuseTypesThatCannotBe(String text) {
        assertThatThrownBy(() -> TypePattern.parse(text)).hasMessageContaining("'" + text + "'");
    }
}
