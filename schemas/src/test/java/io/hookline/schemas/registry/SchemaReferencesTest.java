package io.hookline.schemas.registry;

import static io.hookline.schemas.registry.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.hookline.schemas.registry.RegistryException.UnusableSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchemaReferencesTest {
    private final ScriptedRegistry server = new ScriptedRegistry();
    private final SchemaRegistryClient client =
            SchemaRegistryClient.create(Map.of("schema.registry.url", server.url()));
    private final Map<String, String> answers = new HashMap<>();

    SchemaReferencesTest() {
        server.script(this::scripted);
    }

    private boolean scripted(HttpExchange exchange) throws IOException {
        String body = answers.get(exchange.getRequestURI().getPath());
        if (body == null) {
            answer(exchange, 404, "{\"error_code\":40401,\"message\":\"no\"}");
        } else {
            answer(exchange, 200, body);
        }
        return true;
    }

    private static String schema(String text, String... references) {
        StringBuilder all = new StringBuilder();
        for (String subject : references) {
            all.append(all.isEmpty() ? "" : ",")
                    .append("{\"name\":\"n\",\"subject\":\"" + subject + "\",\"version\":1}");
        }
        return "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"" + text.replace("\"", "\\\"")
                + "\",\"references\":[" + all + "]}";
    }

    private static String record(String name, String fieldType) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[{\"name\":\"f\",\"type\":\"" + fieldType
                + "\"}]}";
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldResolveReferencesOfReferencesEachOnce() {
        answers.put("/schemas/ids/1", schema("[\"t.A\",\"t.B\"]", "a", "b"));
        answers.put("/subjects/a/versions/1", schema(record("t.A", "t.C"), "c"));
        answers.put("/subjects/b/versions/1", schema(record("t.B", "t.C"), "c"));
        answers.put("/subjects/c/versions/1", schema(record("t.C", "int")));

        assertThat(client.byId(1).getTypes())
                .extracting(type -> type.getField("f").schema().getFullName())
                .containsExactly("t.C", "t.C");
        assertThat(server.asked())
                .filteredOn(asked -> asked.contains("/subjects/c/"))
                .hasSize(1);
    }

    @Test
    void shouldNotFollowACircleForever() {
        answers.put("/schemas/ids/1", schema(record("t.A", "t.B"), "b"));
        answers.put("/subjects/b/versions/1", schema(record("t.B", "t.C"), "c"));
        answers.put("/subjects/c/versions/1", schema(record("t.C", "t.B"), "b"));

        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(UnusableSchema.class);
    }

    @Test
    void shouldNotFollowAnEndlessChain() {
        server.script(exchange -> {
            int next = server.asked().size();
            answer(exchange, 200, schema(record("t.R" + next, "int"), "next" + next));
            return true;
        });

        assertThatThrownBy(() -> client.byId(1))
                .isInstanceOf(UnusableSchema.class)
                .hasMessageContaining("more than " + SchemaReader.REFERENCES_MAX);
        assertThat(server.asked()).hasSizeLessThanOrEqualTo(SchemaReader.REFERENCES_MAX + 1);
    }

    @Test
    void shouldNameTheReferenceThatIsMissing() {
        answers.put("/schemas/ids/1", schema(record("t.A", "t.B"), "gone"));

        assertThatThrownBy(() -> client.byId(1))
                .isInstanceOf(UnusableSchema.class)
                .hasMessageContaining("\"gone\"")
                .hasMessageContaining("schema id 1");
    }
}
