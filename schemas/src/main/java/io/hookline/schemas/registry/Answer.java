package io.hookline.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An answer in the registry's own words: 2xx with the JSON that was to be expected, or a 404 whose body carries a registry's error
 * code.
 *
 * @param url who answered, without credentials
 */
record Answer(URI url, boolean found, JsonNode body) {

    /** Answers of a schema's text. */
    static boolean hasSchema(JsonNode body) {
        return body.path("schema").isTextual();
    }

    /** Answers of an id. */
    static boolean hasId(JsonNode body) {
        return body.path("id").isInt();
    }

    /** Answers of one version of a subject. */
    static boolean isVersion(JsonNode body) {
        return hasSchema(body) && hasId(body) && body.path("version").isInt();
    }

    /** Answers of a list of numbers. */
    static boolean isNumbers(JsonNode body) {
        return body.isArray() && StreamSupport.stream(body.spliterator(), false).allMatch(JsonNode::isInt);
    }

    int number(String field) {
        return body.path(field).intValue();
    }

    String text(String field) {
        return body.path(field).asText();
    }

    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        body.forEach(number -> numbers.add(number.intValue()));
        return List.copyOf(numbers);
    }

    /** The beginning of somebody else's text, fit for one log line. */
    static String excerpt(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= 300 ? clean : clean.substring(0, 300) + "...";
    }
}
