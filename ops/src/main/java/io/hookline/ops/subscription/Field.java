package io.hookline.ops.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.hookline.avro.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * One field of the document: how it is read and written, and what it is, in one place.
 *
 * @param name as it stands in the document
 * @param help what it is, for the documentation
 * @param reader puts a value into a draft, or a problem beside it
 * @param writer the value of a stored subscription; null where it is the default and need not be written
 */
record Field(String name, String help, Reader reader, Writer writer) {
    @FunctionalInterface
    interface Reader {
        void read(Value value, Draft draft);
    }

    @FunctionalInterface
    interface Writer {
        @Nullable
        JsonNode write(Subscription subscription, boolean showSecrets);
    }
}
