package io.hookline.router.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.router.filter.EventAttributes;
import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.router.filter.JsonEventView;
import io.hookline.router.filter.UnreadableEventException;
import io.hookline.router.match.TypePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionIndexTest {
    private static final List<String> TYPES = List.of("a", "b", "a.x", "a.x.y", "a.", "*", "a.*");
    private static final List<String> PATTERNS = List.of("a", "b", "a.x", "a.*", "a.x.*", "*");

    private final SubscriptionIndex<String> index = new SubscriptionIndex<>(1, 2);

    /** A subscription as the naive model has it: everything is evaluated. */
    private record Known(
            String payload,
            @Nullable String tenant,
            List<TypePattern> types,
            @Nullable Filter filter) {
        boolean wants(String type, @Nullable String of, EventView view) {
            return types.stream().anyMatch(each -> each.matches(type))
                    && (tenant == null || tenant.equals(of))
                    && (filter == null || filter.matches(view));
        }
    }

    static Filter filter(String json) {
        try {
            return Filter.parse(json);
        } catch (InvalidFilterException e) {
            throw new AssertionError(json, e);
        }
    }

    private static EventView view(String type, @Nullable String tenant, String data, FieldPlan plan) {
        EventAttributes attributes = new EventAttributes(type, "s", null, tenant, null, null);
        return new JsonEventView(attributes, data.getBytes(StandardCharsets.UTF_8), plan);
    }

    private List<String> match(String type, @Nullable String tenant, String data) {
        Candidates<String> candidates = index.select(type, tenant);
        List<String> matched = new ArrayList<>();
        candidates.match(view(type, tenant, data, candidates.plan()), matched::add);
        return matched;
    }

    private void put(String id, @Nullable String filter, String... types) {
        index.put(id, id, null, patterns(types), filter == null ? null : filter(filter));
    }

    private static List<TypePattern> patterns(String... types) {
        return java.util.Arrays.stream(types).map(TypePattern::parse).toList();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void shouldMatchAsEvaluatingEveryFilterDoes(@ForAll Random random) {
        Samples samples = new Samples(random);
        Map<String, Known> model = new HashMap<>();
        SubscriptionIndex<String> tested = new SubscriptionIndex<>(random.nextLong(), random.nextLong());
        int ids = 1 + random.nextInt(60);
        for (int i = 0; i < 200; i++) {
            String id = "s" + random.nextInt(ids);
            if (random.nextInt(4) == 0) {
                model.remove(id);
                tested.remove(id);
            } else {
                Known known = known("v" + i, samples);
                model.put(id, known);
                tested.put(id, known.payload, known.tenant, known.types, known.filter);
            }
            if (i % 8 == 0) {
                compare(tested, model, samples);
            }
        }
        model.keySet().forEach(tested::remove);
        model.clear();
        assertThat(tested.size()).isZero();
        assertThat(TYPES)
                .allSatisfy(
                        type -> assertThat(tested.select(type, "t1").isEmpty()).isTrue());
    }

    private static Known known(String payload, Samples samples) {
        List<TypePattern> types =
                samples.some(PATTERNS).stream().map(TypePattern::parse).toList();
        String filter = samples.filter();
        return new Known(payload, samples.tenant(), types, filter == null ? null : filter(filter));
    }

    private static void compare(SubscriptionIndex<String> tested, Map<String, Known> model, Samples samples) {
        String type = samples.one(TYPES);
        String tenant = samples.tenant();
        String data = samples.data();
        Candidates<String> candidates = tested.select(type, tenant);
        List<String> matched = new ArrayList<>();
        candidates.match(view(type, tenant, data, candidates.plan()), matched::add);
        List<String> expected = new ArrayList<>();
        List<String> withoutData = new ArrayList<>();
        for (Known known : model.values()) {
            FieldPlan plan = known.filter == null ? FieldPlan.NOTHING : known.filter.plan();
            if (known.wants(type, tenant, view(type, tenant, data, plan))) {
                expected.add(known.payload);
                if (known.filter == null || !known.filter.looksIntoData()) {
                    withoutData.add(known.payload);
                }
            }
        }
        assertThat(matched).as("%s of %s: %s", type, tenant, data).containsExactlyInAnyOrderElementsOf(expected);
        List<String> bare = new ArrayList<>();
        candidates.matchWithoutData(
                EventView.ofAttributes(
                        view(type, tenant, data, FieldPlan.NOTHING).attributes(), FieldPlan.NOTHING),
                bare::add);
        assertThat(bare).containsExactlyInAnyOrderElementsOf(withoutData);
        assertThat(tested.size()).isEqualTo(model.size());
    }

    @Test
    void shouldTellASubscriptionOnceHoweverManyWaysLeadToIt() {
        put("or", "{\"data\": {\"$or\": [{\"a\": [1, 2]}, {\"b\": [{\"numeric\": [\">\", 0]}]}]}}", "t", "*");
        put("range", "{\"data\": {\"a\": [{\"numeric\": [\">\", 0]}]}}", "t");
        assertThat(match("t", null, "{\"a\": [1, 2, 1, 2], \"b\": [3, 4]}")).containsExactlyInAnyOrder("or", "range");
    }

    @Test
    void shouldLookUpNumbersByValueNotByText() {
        put("int", "{\"data\": {\"a\": [100]}}", "t");
        put("text", "{\"data\": {\"a\": [\"100\"]}}", "t");
        put("large", "{\"data\": {\"a\": [123456789012345678901234567890]}}", "t");
        assertThat(match("t", null, "{\"a\": 1.00e2}")).containsExactly("int");
        assertThat(match("t", null, "{\"a\": \"100\"}")).containsExactly("text");
        assertThat(match("t", null, "{\"a\": 12345678901234567890123456789e1}")).containsExactly("large");
    }

    @Test
    void shouldReadNothingOfAnEventThatNoFilterLooksInto() {
        put("all", null, "t");
        put("source", "{\"source\": [\"s\"]}", "t");
        assertThat(index.select("t", null).plan().size()).isZero();
        assertThat(match("t", null, "not JSON")).containsExactlyInAnyOrder("all", "source");
    }

    @Test
    void shouldTellWhoNeedsNoDataOfAnUnreadableEvent() {
        put("all", null, "t");
        put("data", "{\"data\": {\"a\": [1]}}", "t");
        Candidates<String> candidates = index.select("t", null);
        List<String> matched = new ArrayList<>();
        EventView view = view("t", null, "not JSON", candidates.plan());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> candidates.match(view, matched::add))
                .isInstanceOf(UnreadableEventException.class);
        matched.clear();
        candidates.matchWithoutData(view, matched::add);
        assertThat(matched).containsExactly("all");
    }

    @Test
    void shouldForgetThePathsOfSubscriptionsThatAreGone() {
        put("kept", "{\"data\": {\"kept\": [1]}}", "t");
        for (int i = 0; i < 500; i++) {
            put("s" + i, "{\"data\": {\"f" + i + "\": [1], \"g" + i + "\": [{\"exists\": false}]}}", "t");
        }
        assertThat(index.select("t", null).plan().size()).isEqualTo(1_001);
        for (int i = 0; i < 500; i++) {
            index.remove("s" + i);
        }
        assertThat(index.select("t", null).plan().size()).isLessThan(200);
        assertThat(match("t", null, "{\"kept\": 1}")).containsExactly("kept");
    }

    @Test
    void shouldServeSubscriptionsWhoseFieldsAreTooManyToReadTogether() {
        int filters = Plans.PATHS_MAX / 60 + 20;
        for (int i = 0; i < filters; i++) {
            StringBuilder fields = new StringBuilder();
            for (int j = 0; j < 60; j++) {
                fields.append(j == 0 ? "" : ", ")
                        .append("\"f")
                        .append(i)
                        .append('_')
                        .append(j)
                        .append("\": [1, {\"exists\": false}]");
            }
            index.put("s" + i, "s" + i, null, patterns("t"), wide(fields.toString()));
        }
        assertThat(index.select("t", null).plan().size()).isBetween(Plans.PATHS_MAX - 60, Plans.PATHS_MAX);
        assertThat(match("t", null, "{\"f0_3\": 2, \"f" + (filters - 1) + "_5\": 2}"))
                .hasSize(filters - 2);
    }

    /** A pattern of many fields, each of which may be absent: more combinations than are allowed, so made of ever smaller parts. */
    private static Filter wide(String fields) {
        return filter("{\"data\": {" + fields.replace("[1, {\"exists\": false}]", "[{\"exists\": false}]") + "}}");
    }

    @Test
    void shouldNeverShowHalfOfAChange() throws Exception {
        // One subscription moves between filters, tenants and types; at each moment it wants each of the events exactly
        // once.
        String[][] shapes = {
            {"{\"data\": {\"a\": [1]}}", "t"},
            {"{\"data\": {\"a\": [{\"numeric\": [\">\", 0]}]}}", "t"},
            {"{\"data\": {\"b\": [\"x\"]}}", "*"},
            {"{\"data\": {\"$or\": [{\"a\": [1, 2]}, {\"b\": [\"x\"]}]}}", "t"},
            {null, "t"},
            {"{\"data\": {\"b\": [{\"prefix\": \"x\"}]}}", "t"},
        };
        for (int i = 0; i < 200; i++) {
            put("other" + i, "{\"data\": {\"a\": [" + (i + 10) + "]}}", "t");
        }
        put("moving", null, "t");
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(2);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                results.add(readers.submit(() -> {
                    int read = 0;
                    while (!done.get()) {
                        assertThat(match("t", "t" + read % 3, "{\"a\": 1, \"b\": \"x\"}"))
                                .containsExactly("moving");
                        read++;
                        started.countDown();
                    }
                    return read;
                }));
            }
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 3_000; i++) {
                String[] shape = shapes[i % shapes.length];
                put("moving", shape[0], shape[1]);
                put("other" + i % 200, "{\"data\": {\"a\": [" + (i + 10) + "]}}", "t");
            }
            done.set(true);
            for (Future<Integer> result : results) {
                assertThat(result.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    /**
     * A hundred times as many subscriptions that do not match must not make an event or a change a hundred times as dear. The factor leaves room for
     * caches and for other work on the machine.
     */
    @Test
    void shouldCostWhatMatchesNotWhatDoesNot() {
        SubscriptionIndex<String> few = filled(1_000);
        SubscriptionIndex<String> many = filled(100_000);
        double event = Double.MAX_VALUE;
        double change = Double.MAX_VALUE;
        for (int round = 0; round < 7; round++) {
            event = Math.min(event, (double) eventsNs(many) / eventsNs(few));
            change = Math.min(change, (double) changesNs(many) / changesNs(few));
        }
        assertThat(event).as("events").isLessThan(20);
        assertThat(change).as("changes").isLessThan(20);
    }

    private static SubscriptionIndex<String> filled(int count) {
        SubscriptionIndex<String> index = new SubscriptionIndex<>(1, 2);
        for (int i = 0; i < count; i++) {
            change(index, i, 0);
        }
        return index;
    }

    private static void change(SubscriptionIndex<String> index, int number, int version) {
        String equal =
                "{\"data\":{\"customer\":[\"c-" + number + "\"],\"amount\":[{\"numeric\":[\">\"," + version + "]}]}}";
        String range =
                "{\"data\":{\"amount\":[{\"numeric\":[\">\"," + (number + 10) + ",\"<\"," + (number + 11) + "]}]}}";
        index.put("s-" + number, "s", "t", patterns("a"), filter(number % 2 == 0 ? equal : range));
    }

    private static long eventsNs(SubscriptionIndex<String> index) {
        long from = System.nanoTime();
        int matched = 0;
        for (int i = 0; i < 1_000; i++) {
            int number = i % 500;
            Candidates<String> candidates = index.select("a", "t");
            int[] count = new int[1];
            String data = "{\"customer\":\"c-" + number * 2 + "\",\"amount\":" + (number + 10) + ".5}";
            candidates.match(view("a", "t", data, candidates.plan()), s -> count[0]++);
            matched += count[0];
        }
        assertThat(matched).isGreaterThanOrEqualTo(1_000);
        return System.nanoTime() - from;
    }

    private static long changesNs(SubscriptionIndex<String> index) {
        long from = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            change(index, i, 1);
        }
        return System.nanoTime() - from;
    }
}
