package io.hookline.router.schema;

import org.apache.avro.Schema;

/** What is known of a schema id at this moment. */
public sealed interface SchemaAnswer {
    /** It is this schema. */
    record Known(Schema schema) implements SchemaAnswer {}

    /** There is no such schema, or none that can be used: the registry said so, and said it again. */
    record Poison(String why) implements SchemaAnswer {}

    /** Nobody knows yet; asking again is under way or follows by itself at the next question. */
    record Pending(String why) implements SchemaAnswer {}
}
