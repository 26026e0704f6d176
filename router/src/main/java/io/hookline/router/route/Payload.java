package io.hookline.router.route;

import io.hookline.avro.PipelineFault;
import io.hookline.router.filter.AvroEventView;
import io.hookline.router.filter.EventAttributes;
import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.filter.JsonEventView;
import io.hookline.schemas.serde.UndecodableException;
import io.hookline.schemas.serde.WireFormat;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event's data whose envelope is sound: JSON text that can begin as JSON, or Avro in the Confluent wire format with a schema that
 * exists. Whether the rest can be read shows only when a filter reads it.
 */
sealed interface Payload {
    /** What a filter sees; reads nothing yet. */
    EventView view(EventAttributes attributes, FieldPlan plan);

    /** Avro binary after the five bytes that name its schema. */
    record Avro(Schema writer, byte[] value) implements Payload {
        @Override
        public EventView view(EventAttributes attributes, FieldPlan plan) {
            int length = value.length - WireFormat.HEADER_BYTES;
            return new AvroEventView(attributes, writer, value, WireFormat.HEADER_BYTES, length, plan);
        }
    }

    /** JSON in UTF-8. */
    record Json(byte[] value) implements Payload {
        @Override
        public EventView view(EventAttributes attributes, FieldPlan plan) {
            return new JsonEventView(attributes, value, plan);
        }
    }

    /**
     * @param json whether the event's content type says that its data is JSON
     * @throws UndecodableEventException where the value is no event's data
     */
    static Payload of(byte @Nullable [] value, boolean json, Schemas schemas) throws UndecodableEventException {
        if (value == null) {
            throw new UndecodableEventException(
                    PipelineFault.UNDECODABLE,
                    "The value is null (a tombstone), which is no event. Event topics are not compacted: write an event that says"
                            + " what was removed instead.");
        }
        return json ? json(value) : avro(value, schemas);
    }

    private static Payload json(byte[] value) throws UndecodableEventException {
        int first = firstNonSpace(value);
        if (first == value.length || "{[\"-0123456789tfn".indexOf(value[first]) < 0) {
            String found = first == value.length ? "nothing" : String.format("byte 0x%02x", value[first]);
            throw new UndecodableEventException(
                    PipelineFault.UNDECODABLE,
                    "The content type says JSON but the value begins with " + found
                            + ". Write JSON text in UTF-8, or set the content-type header to what the value is.");
        }
        return new Json(value);
    }

    private static Payload avro(byte[] value, Schemas schemas) throws UndecodableEventException {
        try {
            return new Avro(schemas.require(WireFormat.schemaId(value)), value);
        } catch (UndecodableException e) {
            throw new UndecodableEventException(
                    PipelineFault.UNDECODABLE,
                    looksLikeJson(value)
                            ? "The value looks like JSON, but without a content-type header that says so it is read as Avro. Emit it"
                                    + " with the header content-type: application/json."
                            : "Not Avro in the Confluent wire format: " + e.getMessage()
                                    + " JSON events need the header content-type: application/json.");
        } catch (UnknownSchemaException e) {
            throw new UndecodableEventException(PipelineFault.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
        }
    }

    private static boolean looksLikeJson(byte[] value) {
        int first = firstNonSpace(value);
        return first < value.length && (value[first] == '{' || value[first] == '[');
    }

    private static int firstNonSpace(byte[] value) {
        int first = 0;
        while (first < value.length && isSpace(value[first])) {
            first++;
        }
        return first;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
