package io.hookline.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of a schema registry as these tests need: register, look up, latest, by id; in memory. */
public final class TestRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();

    public TestRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
        ObjectNode answer = JSON.createObjectNode();
        int status = 200;
        if (path[1].equals("schemas") && Integer.parseInt(path[3]) <= schemas.size()) {
            answer.put("schema", schemas.get(Integer.parseInt(path[3]) - 1));
        } else if (path[1].equals("subjects")) {
            status = subject(exchange, URLDecoder.decode(path[2], StandardCharsets.UTF_8), answer);
        } else {
            status = 404;
        }
        if (status != 200) {
            answer.put("error_code", 40403).put("message", "not found");
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int subject(HttpExchange exchange, String subject, ObjectNode answer) throws IOException {
        List<Integer> ids = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
        if (exchange.getRequestMethod().equals("POST")) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String schema = body.get("schema").asText();
            int id = schemas.indexOf(schema) + 1;
            if (id == 0) {
                schemas.add(schema);
                id = schemas.size();
            }
            if (!ids.contains(id)) {
                ids.add(id);
            }
            answer.put("subject", subject)
                    .put("id", id)
                    .put("version", ids.indexOf(id) + 1)
                    .put("schema", schema);
            return 200;
        }
        if (ids.isEmpty()) {
            return 404;
        }
        int id = ids.get(ids.size() - 1);
        answer.put("subject", subject).put("id", id).put("version", ids.size()).put("schema", schemas.get(id - 1));
        return 200;
    }
}
