package io.hookline.ops.emit;

import com.fasterxml.jackson.databind.JsonNode;
import io.hookline.producer.Event;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event in a file of JSON, as {@code emit} takes it: an envelope, or data alone. */
public final class EventFile {
    private EventFile() {}

    /**
     * The event in {@code json}.
     *
     * @param type event type of data alone; null where an envelope is expected
     * @param tenant whose event it is, where the envelope does not say it
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Event read(String json, @Nullable String type, @Nullable String tenant) {
        EventForm form = new EventForm(type, any -> Optional.empty(), null, null, tenant, null, null, null, null, null);
        try {
            return form.event(json.getBytes(StandardCharsets.UTF_8));
        } catch (LineException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The data of an event that {@link #read} gave, as JSON in UTF-8. */
    public static byte[] data(Event event) {
        return ((JsonNode) event.data()).toString().getBytes(StandardCharsets.UTF_8);
    }
}
