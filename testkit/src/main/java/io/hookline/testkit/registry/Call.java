package io.hookline.testkit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One HTTP request, taken apart. */
final class Call {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String method;
    private final List<String> segments;
    private final Map<String, String> query;
    private final byte[] body;

    /** @throws RegistryError 400 if a percent escape is malformed */
    Call(String method, URI uri, byte[] body) {
        this.method = method;
        this.segments = segments(uri.getRawPath());
        this.query = query(uri.getRawQuery() == null ? "" : uri.getRawQuery());
        this.body = body;
    }

    String method() {
        return method;
    }

    /** The path's parts, decoded. */
    List<String> segments() {
        return segments;
    }

    boolean flag(String name) {
        return query.getOrDefault(name, "").equals("true");
    }

    String parameter(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    /** @throws RegistryError 400 if the body is not a JSON object */
    JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw RegistryError.http(400, "the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw RegistryError.http(400, "the body cannot be read: " + e.getMessage());
        }
        throw RegistryError.http(400, "the body is not a JSON object");
    }

    /** @throws RegistryError 42201 if the body holds no Avro schema that stands on its own */
    SchemaText schema() {
        JsonNode request = json();
        String type = request.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") && !request.path("schemaType").isNull()) {
            throw RegistryError.invalidSchema("type " + type + "; the development registry knows AVRO only");
        }
        if (!request.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("the development registry does not support schema references;"
                    + " write the referenced types out in the schema itself");
        }
        if (request.path("id").asInt(0) > 0) {
            throw RegistryError.notPermitted(
                    "Schema id " + request.get("id") + " is given; the development registry chooses ids itself.");
        }
        if (!request.path("schema").isTextual()
                || request.get("schema").asText().isBlank()) {
            throw RegistryError.invalidSchema("Empty schema");
        }
        return SchemaText.parse(request.get("schema").asText(), flag("normalize"));
    }

    private static List<String> segments(String rawPath) {
        List<String> parts = new ArrayList<>();
        for (String part : rawPath.split("/", -1)) {
            parts.add(decoded(part.replace("+", "%2B")));
        }
        // A path begins, and may end, with a slash.
        parts.remove(0);
        if (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        return List.copyOf(parts);
    }

    private static Map<String, String> query(String rawQuery) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw RegistryError.http(400, "malformed percent escape in '" + text + "'");
        }
    }
}
