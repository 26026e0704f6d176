package io.hookline.deliverer.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformsTest {
    private static final String ORDER =
            "{\"type\":\"order_created\",\"tenant\":\"acme\",\"data\":{\"id\":9007199254740993,"
                    + "\"amount\":12.5,\"lines\":[{\"sku\":\"a\",\"qty\":2},{\"sku\":\"b\",\"qty\":3}],\"email\":\"x@y.no\"}}";
    private static final long NOW_MS = 1_700_000_000_000L;

    private final Transforms transforms = new Transforms();

    private Transforms.Outcome outcome(Transform transform, String document) {
        try {
            return transforms.apply(transform, document.getBytes(UTF_8), NOW_MS).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private String result(String expression) {
        Transforms.Outcome outcome = outcome(Transform.of(expression), ORDER);
        assertThat(outcome).isInstanceOf(Transforms.Outcome.Result.class);
        return new String(((Transforms.Outcome.Result) outcome).json(), UTF_8);
    }

    private String failure(String expression) {
        Transforms.Outcome outcome = outcome(Transform.of(expression), ORDER);
        assertThat(outcome).as(expression).isInstanceOf(Transforms.Outcome.Failed.class);
        return ((Transforms.Outcome.Failed) outcome).detail();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "data.amount | 12.5",
                "data.amount * 2 | 25",
                "data.id | 9007199254740993",
                "data.lines.sku | [\"a\",\"b\"]",
                "$sum(data.lines.qty) | 5",
                "{\"id\": data.id, \"who\": tenant} | {\"id\":9007199254740993,\"who\":\"acme\"}",
                "data.nothing | null",
                "null | null",
                "data.lines[qty > 2].sku | \"b\"",
                "$pad('x', 3, '-') | \"x--\"",
                "'x' ~> $pad(-3) | \"  x\"",
                "$join(data.lines.sku, '/') | \"a/b\"",
                "$replace(data.email, '@', ' at ') | \"x at y.no\"",
                "$replace(data.email, /([a-z])@/, '$1$1+') | \"xx+y.no\"",
                "$replace('aXbX', 'X', '-', 1) | \"a-bX\"",
                "$millis() | 1700000000000",
                "$now() | \"2023-11-14T22:13:20.000Z\"",
                "[1..3] | [1,2,3]",
            })
    void shouldMakeWhatTheExpressionSays(String expression, String expected) {
        assertThat(result(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "($f := function($n) { $f($n + 1) }; $f(0)) | it ",
                "($f := function($n) { 1 + $f($n + 1) }; $f(0)) | more than 200 deep",
                "($f := function($s) { $f($s & $s) }; $f('xxxxxxxx')) | characters",
                "$pad('', 2000000000) | 2000000000 characters",
                "$pad('', -2000000000) | 2000000000 characters",
                "$join([1..50000] ~> $map(function($i) { 'x' }), $pad('', 1000)) | characters",
                "($a := $pad('', 100000, 'a'); $replace($a, 'a', $a)) | characters",
                "($a := $pad('', 100000, 'a'); $replace($a, /./, '$0$0$0$0$0$0$0$0$0$0$0$0')) | characters",
                "[1..10000000] | 10000000 items",
                "$random() | $random is not available",
                "$shuffle([1,2]) | $shuffle is not available",
                "$eval('1') | $eval is not available",
                "function($x) { $x } | function",
                "1/0 | ",
                "$error('no') | no",
                "data.amount + 'x' | ",
            })
    void shouldFailWithTheReason(String expression, String reason) {
        assertThat(failure(expression)).startsWith("The transform fails: ").contains(reason == null ? "" : reason);
    }

    @Test
    void shouldLeaveOutWhatAPartnerMustNotSee() {
        assertThat(result("data ~> |$|{}, ['id', 'email', 'lines']|")).isEqualTo("{\"amount\":12.5}");
        assertThat(result("$clone(data.{\"id\": id})")).isEqualTo("{\"id\":9007199254740993}");
    }

    @Test
    void shouldPadLongTextsWithinTheTime() {
        assertThat(result("$length($pad('x', 1000000, 'ab'))")).isEqualTo("1000000");
        assertThat(result("$pad('😀', 4, 'é😀')")).isEqualTo("\"😀é😀é\"");
        assertThat(result("$pad('😀', -4, 'é😀')")).isEqualTo("\"é😀é😀\"");
    }

    @Test
    void shouldFailWhereTheExpressionDoesNotParse() {
        assertThat(failure("data.(")).contains("Not a JSONata expression");
    }

    @Test
    void shouldGiveTheSameForEveryAttempt() {
        String expression = "{\"at\": $now(), \"ms\": $millis(), \"d\": data}";
        assertThat(result(expression)).isEqualTo(result(expression));
    }

    @Test
    void shouldGoOnAfterAnEvaluationThatDoesNotComeBackAndRefuseItFromThenOn() {
        // Backtracks for longer than anybody waits, and nothing in Java can stop it.
        Transform lost = Transform.of("$contains('" + "a".repeat(60) + "', /(a+a+)+\\1b/)");
        List<CompletableFuture<Transforms.Outcome>> several = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            several.add(transforms.apply(lost, ORDER.getBytes(UTF_8), NOW_MS));
        }
        Transform good = Transform.of("tenant");
        assertThat(outcome(good, ORDER)).isInstanceOf(Transforms.Outcome.Result.class);
        for (CompletableFuture<Transforms.Outcome> each : several) {
            assertThat(each)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isInstanceOfSatisfying(
                            Transforms.Outcome.Failed.class,
                            failed -> assertThat(failed.detail())
                                    .contains("did not come back", "until the subscription"));
        }
        assertThat(outcome(good, ORDER)).isInstanceOf(Transforms.Outcome.Result.class);
    }

    @Test
    void shouldEvaluateManyAtOnceWithoutMixingThem() {
        List<CompletableFuture<Transforms.Outcome>> outcomes = new ArrayList<>();
        List<Transform> expressions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            expressions.add(Transform.of("{\"n\": data.n + " + i + ", \"now\": $millis()}"));
        }
        for (int n = 0; n < 2_000; n++) {
            outcomes.add(transforms.apply(
                    expressions.get(n % 20), ("{\"data\":{\"n\":" + n + "}}").getBytes(UTF_8), 1_000 + n));
        }
        for (int n = 0; n < 2_000; n++) {
            String expected = "{\"n\":" + (n + n % 20) + ",\"now\":" + (1_000 + n) + "}";
            assertThat(outcomes.get(n))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .isInstanceOfSatisfying(
                            Transforms.Outcome.Result.class,
                            made -> assertThat(new String(made.json(), UTF_8)).isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.", "{", "'x", "$$$$.(", "1 +", "/(/", "@"})
    void shouldRefuseWhatIsNoExpression(String text) {
        assertThatThrownBy(() -> Transform.check(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> Transform.check("1+".repeat(20_000) + "1")).hasMessageContaining("40001 characters");
        assertThatThrownBy(() -> Transform.check("(".repeat(101) + "1" + ")".repeat(101)))
                .hasMessageContaining("101 levels of brackets");
        assertThatThrownBy(() -> Transform.check("-".repeat(30_000) + "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void shouldFailOnADocumentThatNestsWithoutEnd() {
        String deep = "{\"data\":" + "[".repeat(600) + "]".repeat(600) + "}";
        assertThat(outcome(Transform.of("data"), deep)).isInstanceOf(Transforms.Outcome.Failed.class);
    }

    @Test
    void shouldBeEqualByTheirText() {
        assertThat(Transform.of("a")).isEqualTo(Transform.of("a")).hasSameHashCodeAs(Transform.of("a"));
        assertThat(Transform.of("a")).isNotEqualTo(Transform.of("b")).hasToString("a");
    }
}
