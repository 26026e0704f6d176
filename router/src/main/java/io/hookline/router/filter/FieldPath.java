package io.hookline.router.filter;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a condition looks: an attribute of the event, or the steps from the payload's root to a field. A step is a whole field name; a
 * dot in it has no meaning.
 */
public final class FieldPath {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$-]*");
    private static final Map<Attribute, FieldPath> ATTRIBUTES = attributes();

    private final @Nullable Attribute attribute;
    private final List<String> steps;
    private final int hash;

    private FieldPath(@Nullable Attribute attribute, List<String> steps) {
        this.attribute = attribute;
        this.steps = steps;
        this.hash = attribute == null ? steps.hashCode() * 31 : attribute.key().hashCode();
    }

    private static Map<Attribute, FieldPath> attributes() {
        Map<Attribute, FieldPath> paths = new EnumMap<>(Attribute.class);
        for (Attribute each : Attribute.values()) {
            paths.put(each, new FieldPath(each, List.of()));
        }
        return paths;
    }

    /** The path of an attribute. */
    public static FieldPath of(Attribute attribute) {
        return Objects.requireNonNull(ATTRIBUTES.get(attribute), "every attribute has a path");
    }

    /** The path of a field of the payload; no step means the payload itself. */
    public static FieldPath data(List<String> steps) {
        return new FieldPath(null, List.copyOf(steps));
    }

    /** The path of a field of the payload. */
    public static FieldPath data(String... steps) {
        return data(List.of(steps));
    }

    /** The attribute this path names, or null if it is a path into the payload. */
    public @Nullable Attribute attribute() {
        return attribute;
    }

    /** The field names from the payload's root; empty for an attribute. */
    public List<String> steps() {
        return steps;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FieldPath p
                        && hash == p.hash
                        && attribute == p.attribute
                        && steps.equals(p.steps));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As a person writes it: {@code type}, {@code data.order.amount}, {@code data["odd name"]}. */
    @Override
    public String toString() {
        if (attribute != null) {
            return attribute.key();
        }
        StringBuilder text = new StringBuilder("data");
        for (String step : steps) {
            appendStep(text, step);
        }
        return text.toString();
    }

    static void appendStep(StringBuilder text, String step) {
        if (PLAIN.matcher(step).matches()) {
            text.append(text.isEmpty() ? "" : ".").append(step);
        } else {
            text.append('[').append(Json.quote(step)).append(']');
        }
    }
}
