package io.hookline.producer;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Which event type a record is of, by its schema. */
final class EventTypes {
    /** Schema property that names the event type. */
    static final String TYPE_PROPERTY = "hookline.type";

    private static final Pattern WORD_BEGINS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private EventTypes() {}

    /** The property {@value #TYPE_PROPERTY}, or the schema's name (without namespace) in snake case. */
    static String of(Schema schema) {
        Object property = schema.getObjectProp(TYPE_PROPERTY);
        if (property == null) {
            return snakeCase(schema.getName());
        }
        if (property instanceof String type) {
            return type;
        }
        throw new InvalidEventException("Schema " + schema.getFullName() + " has " + TYPE_PROPERTY + " " + property
                + ": the property is the event type as a string.");
    }

    /** {@code UserRegister} is {@code user_register}, {@code HTTPServerError} is {@code http_server_error}. */
    static String snakeCase(String name) {
        return WORD_BEGINS.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
