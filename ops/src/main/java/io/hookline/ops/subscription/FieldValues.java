package io.hookline.ops.subscription;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.hookline.ops.cli.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What fields have in common: plain values as they are written, and setting a value that was read. */
final class FieldValues {

    private FieldValues() {}

    static @Nullable JsonNode text(@Nullable String value) {
        return value == null ? null : instance.textNode(value);
    }

    static @Nullable JsonNode nonEmpty(String value) {
        return value.isEmpty() ? null : text(value);
    }

    static JsonNode list(List<String> items) {
        ArrayNode array = instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    static @Nullable JsonNode choice(Enum<?> value, @Nullable Enum<?> usual) {
        return value == usual
                ? null
                : text(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static @Nullable JsonNode duration(@Nullable Number ms) {
        return ms == null ? null : text(DurationText.format(Duration.ofMillis(ms.longValue())));
    }

    static <E extends Enum<E>> List<E> known(E[] symbols) {
        return Arrays.stream(symbols)
                .filter(s -> !Objects.equals(s.name(), "UNKNOWN"))
                .toList();
    }

    static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    static void flag(@Nullable Boolean value, Consumer<Boolean> setter) {
        set(value, setter);
    }
}
