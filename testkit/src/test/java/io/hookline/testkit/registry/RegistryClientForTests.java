package io.hookline.testkit.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Plain HTTP to a registry, so that nothing of ours stands between test and contract. */
final class RegistryClientForTests {
    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    record Answer(int status, String contentType, JsonNode json) {
        int errorCode() {
            return json.path("error_code").asInt();
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    RegistryClientForTests(String url) {
        this.url = url;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null, CONTENT_TYPE);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, null, CONTENT_TYPE);
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return call("PUT", path, body, CONTENT_TYPE);
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return call("POST", path, body, CONTENT_TYPE);
    }

    /** Posts a request body that holds this schema. */
    Answer postSchema(String path, String schema) throws IOException, InterruptedException {
        return post(path, body(schema));
    }

    /** Registers and returns the id. */
    int register(String subject, String schema) throws IOException, InterruptedException {
        Answer answer = postSchema("/subjects/" + subject + "/versions", schema);
        if (answer.status() != 200) {
            throw new AssertionError("not registered: " + answer);
        }
        return answer.json().get("id").asInt();
    }

    Answer call(String method, String path, String body, String contentType) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", contentType)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                JSON.readTree(response.body()));
    }

    static String body(String schema) {
        return JSON.createObjectNode().put("schema", schema).toString();
    }
}
