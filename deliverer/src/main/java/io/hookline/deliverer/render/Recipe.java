package io.hookline.deliverer.render;

import io.hookline.avro.PayloadFormat;
import io.hookline.deliverer.transform.Transform;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription wants the body of an event. Subscriptions of equal recipes share the rendition of an event.
 *
 * @param format what the body is
 * @param schemaVersion version of the event type's schema that the data is shown in; null for the one it was written with
 * @param transform makes the data; null for the event's data as it is
 */
public record Recipe(
        PayloadFormat format,
        @Nullable Integer schemaVersion,
        @Nullable Transform transform) {
    /** The event's data as it is, in that format. */
    public static Recipe of(PayloadFormat format) {
        return new Recipe(format, null, null);
    }

    /** Whether the body is what the platform service wrote, byte for byte. */
    boolean isUntouched() {
        return format == PayloadFormat.RAW && transform == null;
    }
}
