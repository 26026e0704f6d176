package io.hookline.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer in the registry's own words: 2xx with JSON, or a 404 whose body carries a registry's error code.
 *
 * @param url who answered, without credentials
 */
record Answer(URI url, boolean found, JsonNode body) {

    /** A number field that has to be there. */
    int number(String field) {
        JsonNode value = body.path(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw strange('"' + field + '"');
        }
        return value.intValue();
    }

    /** A text field that has to be there. */
    String text(String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw strange('"' + field + '"');
        }
        return value.textValue();
    }

    /** The whole body, which has to be a list of numbers. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode number : body) {
            numbers.add(number.intValue());
        }
        if (!body.isArray() || numbers.contains(0)) {
            throw strange("list of numbers");
        }
        return List.copyOf(numbers);
    }

    private RegistryException strange(String field) {
        return new RegistryException.Unreachable(
                "schema registry " + url + " answered without a usable " + field + ": " + excerpt(body.toString())
                        + ". Is it a Confluent-compatible registry, and " + RegistrySettings.URL + " its base address?",
                null);
    }

    /** The beginning of somebody else's text, fit for one log line. */
    static String excerpt(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= 300 ? clean : clean.substring(0, 300) + "...";
    }
}
