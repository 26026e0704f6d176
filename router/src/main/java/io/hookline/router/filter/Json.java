package io.hookline.router.filter;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/** A pattern's JSON, as written: names that occur twice are kept twice, numbers as their text. */
sealed interface Json {
    /** An object. */
    record Obj(List<Member> members) implements Json {}

    /** One name and value of an object. */
    record Member(String name, Json value) {}

    /** An array. */
    record Arr(List<Json> items) implements Json {}

    /** A string, number, boolean or null. */
    record Scalar(Value value) implements Json {}

    /** A number that is too long or too large to be a {@link Value} of a pattern. */
    record Oversized(String text) implements Json {}

    /** This as JSON text, cut to a length fit for a message. */
    default String brief() {
        StringBuilder text = new StringBuilder();
        JsonText.write(this, text, 80);
        return text.length() <= 80 ? text.toString() : text.substring(0, 77) + "...";
    }

    /** {@code text} as a JSON string. */
    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
