package io.hookline.deliverer.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.fuzz.Fuzz;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Any expression on any document: a result or a named failure, in bounded time, and the next one as ever. {@code -Dfuzz.inputs=1000000} for a night. */
class TransformFuzzTest {
    private static final String DOCUMENT =
            "{\"type\":\"order\",\"data\":{\"id\":9007199254740993,\"lines\":[{\"sku\":\"a\",\"qty\":2},{\"sku\":\"b\",\"qty\":3}]}}";
    private static final List<String> EXPRESSIONS = List.of(
            "{\"id\": data.id, \"skus\": data.lines.sku, \"n\": $sum(data.lines.qty)}",
            "data.lines[qty > 2]{sku: $string(qty)} ~> $merge()",
            "($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $map([1..5], $f))",
            "$replace(data.lines[0].sku, /([a-z])/, '$1$1') & $pad('x', 30) & $join($split('a,b', ','), ';')",
            "data.lines^(>qty).sku | $ | {\"a\": 1}, ['b'] |");

    private final Transforms transforms = new Transforms();

    @Test
    void shouldMakeAResultOrANamedFailureOfAnything() {
        Transform known = Transform.of("data.lines.qty");
        Fuzz.run(3_000, random -> {
            String expression = Fuzz.damage(EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size())), random);
            byte[] document =
                    random.nextInt(3) == 0 ? Fuzz.damage(DOCUMENT.getBytes(UTF_8), random) : DOCUMENT.getBytes(UTF_8);
            Transforms.Outcome outcome =
                    transforms.apply(Transform.of(expression), document, 0).get(60, TimeUnit.SECONDS);
            if (outcome instanceof Transforms.Outcome.Failed failed) {
                assertThat(failed.detail())
                        .startsWith("The transform fails: ")
                        .hasSizeLessThan(2_000)
                        .doesNotContain("\n", "\r")
                        .doesNotContainPattern("java\\.lang\\.(NullPointer|ClassCast|IndexOutOf)");
            }
            Transforms.Outcome next =
                    transforms.apply(known, DOCUMENT.getBytes(UTF_8), 0).get(60, TimeUnit.SECONDS);
            assertThat(new String(((Transforms.Outcome.Result) next).json(), UTF_8))
                    .isEqualTo("[2,3]");
        });
    }
}
