package io.hookline.testkit.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** An Avro schema and its canonical text, which decides what is the same schema. */
record SchemaText(Schema schema, String canonical) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the attributes Avro defines, the order in which it writes them is kept; all others come after, sorted. */
    private static final List<String> RESERVED = List.of(
            "type",
            "name",
            "namespace",
            "doc",
            "fields",
            "items",
            "values",
            "symbols",
            "size",
            "default",
            "order",
            "aliases",
            "logicalType",
            "precision",
            "scale");

    /**
     * Canonical is what Avro writes for the schema: white space, the order of attributes and namespaces spelt in another way do not count.
     * Normalised, the order of attributes that Avro does not define does not count either.
     *
     * @throws RegistryError 42201 if it is no valid Avro schema
     */
    static SchemaText parse(String text, boolean normalize) {
        try {
            Schema schema = new Schema.Parser().parse(text);
            String written = schema.toString();
            return new SchemaText(schema, normalize ? normalized(written) : written);
        } catch (AvroRuntimeException | JsonProcessingException e) {
            throw RegistryError.invalidSchema(e.getMessage() + " in: " + abbreviated(text));
        }
    }

    /** For what was valid when it was registered. */
    static SchemaText registered(String canonical) {
        return new SchemaText(new Schema.Parser().setValidateDefaults(false).parse(canonical), canonical);
    }

    private static String normalized(String written) throws JsonProcessingException {
        return JSON.writeValueAsString(sorted(JSON.readTree(written)));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            node.forEach(element -> array.add(sorted(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JSON.createObjectNode();
        TreeMap<String, JsonNode> others = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (RESERVED.contains(entry.getKey())) {
                object.set(entry.getKey(), sorted(entry.getValue()));
            } else {
                others.put(entry.getKey(), sorted(entry.getValue()));
            }
        });
        others.forEach(object::set);
        return object;
    }

    private static String abbreviated(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "... (" + text.length() + " characters)";
    }
}
