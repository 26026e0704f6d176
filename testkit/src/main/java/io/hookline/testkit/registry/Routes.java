package io.hookline.testkit.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The paths of Confluent's Schema Registry API and what answers them:
 * <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">API reference</a>. Any thread.
 */
final class Routes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOTE =
            "A schema registry for development only: one process, no authentication, Avro only. Do not run it in production.";

    /** A {@code *} stands for one part of the path, given to the handler in turn. */
    private record Route(String method, List<String> pattern, BiFunction<Call, List<String>, JsonNode> handler) {}

    private final Registry registry;
    private final List<Route> routes = new ArrayList<>();

    Routes(Registry registry) {
        this.registry = registry;
        add(
                "GET",
                "",
                (call, p) -> object().put("name", "Hookline development schema registry")
                        .put("note", NOTE));
        addSubjects();
        addVersions();
        addSchemas();
        addCompatibility();
        addLevels();
    }

    /** @throws RegistryError if the contract refuses the call */
    JsonNode answer(Call call) {
        boolean pathKnown = false;
        for (Route route : routes) {
            if (matches(route.pattern, call.segments())) {
                if (route.method.equals(call.method())) {
                    return route.handler.apply(call, parameters(route.pattern, call.segments()));
                }
                pathKnown = true;
            }
        }
        throw pathKnown
                ? RegistryError.http(405, "HTTP 405 Method Not Allowed: " + call.method())
                : RegistryError.http(404, "HTTP 404 Not Found: no such path in the development schema registry");
    }

    private void addSubjects() {
        add(
                "GET",
                "subjects",
                (call, p) ->
                        JSON.valueToTree(registry.subjects(call.parameter("subjectPrefix", ""), call.flag("deleted"))));
        add("POST", "subjects/*", (call, p) -> version(registry.lookUp(p.get(0), call.schema(), call.flag("deleted"))));
        add(
                "DELETE",
                "subjects/*",
                (call, p) -> JSON.valueToTree(registry.deleteSubject(p.get(0), call.flag("permanent"))));
    }

    private void addVersions() {
        add(
                "GET",
                "subjects/*/versions",
                (call, p) -> JSON.valueToTree(registry.versions(p.get(0), call.flag("deleted"))));
        add("POST", "subjects/*/versions", (call, p) -> object().put("id", registry.register(p.get(0), call.schema())));
        add(
                "GET",
                "subjects/*/versions/*",
                (call, p) -> version(registry.version(p.get(0), p.get(1), call.flag("deleted"))));
        add(
                "DELETE",
                "subjects/*/versions/*",
                (call, p) -> JSON.valueToTree(registry.deleteVersion(p.get(0), p.get(1), call.flag("permanent"))));
        add(
                "GET",
                "subjects/*/versions/*/schema",
                (call, p) -> tree(registry.version(p.get(0), p.get(1), call.flag("deleted"))
                        .schema()));
        add("GET", "subjects/*/versions/*/referencedby", (call, p) -> {
            registry.version(p.get(0), p.get(1), true);
            return JSON.createArrayNode();
        });
    }

    private void addSchemas() {
        add("GET", "schemas/types", (call, p) -> JSON.createArrayNode().add("AVRO"));
        add("GET", "schemas/ids/*", (call, p) -> object().put("schema", registry.schema(id(p.get(0)))));
        add("GET", "schemas/ids/*/schema", (call, p) -> tree(registry.schema(id(p.get(0)))));
        add("GET", "schemas/ids/*/versions", (call, p) -> {
            var usages = JSON.createArrayNode();
            registry.usages(id(p.get(0)), call.flag("deleted"))
                    .forEach(usage ->
                            usages.addObject().put("subject", usage.subject()).put("version", usage.version()));
            return usages;
        });
        add(
                "GET",
                "schemas/ids/*/subjects",
                (call, p) -> JSON.valueToTree(registry.usages(id(p.get(0)), call.flag("deleted")).stream()
                        .map(Change.Version::subject)
                        .distinct()
                        .toList()));
    }

    private void addCompatibility() {
        add(
                "POST",
                "compatibility/subjects/*/versions/*",
                (call, p) -> verdict(call, registry.problems(p.get(0), p.get(1), call.schema())));
        add(
                "POST",
                "compatibility/subjects/*/versions",
                (call, p) -> verdict(call, registry.problems(p.get(0), null, call.schema())));
    }

    private void addLevels() {
        add(
                "GET",
                "config",
                (call, p) -> object().put(
                                "compatibilityLevel", registry.globalLevel().name()));
        add("PUT", "config", (call, p) -> setLevel(call, List.of()));
        add(
                "DELETE",
                "config",
                (call, p) -> object().put(
                                "compatibilityLevel", registry.unsetLevel(null).name()));
        add(
                "GET",
                "config/*",
                (call, p) -> object().put(
                                "compatibilityLevel",
                                registry.subjectLevel(p.get(0), call.flag("defaultToGlobal"))
                                        .name()));
        add("PUT", "config/*", this::setLevel);
        add(
                "DELETE",
                "config/*",
                (call, p) -> object().put(
                                "compatibilityLevel",
                                registry.unsetLevel(p.get(0)).name()));
        add("GET", "mode", (call, p) -> object().put("mode", "READWRITE"));
        add("GET", "mode/*", (call, p) -> {
            if (!call.flag("defaultToGlobal")) {
                throw RegistryError.noSubjectMode(p.get(0));
            }
            return object().put("mode", "READWRITE");
        });
    }

    private JsonNode setLevel(Call call, List<String> subject) {
        Compatibility level =
                Compatibility.named(call.json().path("compatibility").asText());
        registry.setLevel(subject.isEmpty() ? null : subject.get(0), level);
        return object().put("compatibility", level.name());
    }

    private static JsonNode verdict(Call call, List<String> problems) {
        ObjectNode verdict = object().put("is_compatible", problems.isEmpty());
        if (call.flag("verbose")) {
            verdict.set("messages", JSON.valueToTree(problems));
        }
        return verdict;
    }

    private static JsonNode version(Change.Version version) {
        return object().put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema());
    }

    /** A schema's own JSON, so that the answer is the schema and not a string holding it. */
    private static JsonNode tree(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("registered schema is not JSON", e);
        }
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RegistryError.http(404, "HTTP 404 Not Found: '" + text + "' is not a schema id");
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void add(String method, String pattern, BiFunction<Call, List<String>, JsonNode> handler) {
        routes.add(new Route(method, pattern.isEmpty() ? List.of() : List.of(pattern.split("/", -1)), handler));
    }

    private static boolean matches(List<String> pattern, List<String> segments) {
        if (pattern.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            boolean fits = pattern.get(i).equals("*")
                    ? !segments.get(i).isEmpty()
                    : pattern.get(i).equals(segments.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static List<String> parameters(List<String> pattern, List<String> segments) {
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < pattern.size(); i++) {
            if (pattern.get(i).equals("*")) {
                parameters.add(segments.get(i));
            }
        }
        return parameters;
    }
}
