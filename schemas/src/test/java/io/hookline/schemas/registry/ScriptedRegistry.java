package io.hookline.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry small enough to misbehave on purpose: keeps schemas as their text, and answers whatever a test scripts instead. Used
 * by the tests of {@code registry} and {@code serde}.
 */
public final class ScriptedRegistry implements AutoCloseable {

    /** What a test makes it answer instead. */
    public interface Script {
        /** @return whether the exchange has been answered; false for the ordinary answer */
        boolean answer(HttpExchange exchange) throws IOException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // The JDK's server writes headers and body apart; without this each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Script script = exchange -> false;

    public ScriptedRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (!script.answer(exchange)) {
                ordinary(exchange);
            }
        });
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Method and path of every request so far. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public void script(Script script) {
        this.script = script;
    }

    public void behave() {
        this.script = exchange -> false;
    }

    /** Registers without asking over HTTP. */
    public synchronized int put(String subject, String schema) {
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        List<Integer> versions = subjects.computeIfAbsent(subject, absent -> new CopyOnWriteArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    /** The text of a schema. */
    public synchronized String schema(int id) {
        return schemas.get(id - 1);
    }

    public static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @SuppressWarnings("StringSplitter")
    private void ordinary(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getRawPath().split("/");
        boolean post = exchange.getRequestMethod().equals("POST");
        if (path[1].equals("schemas")) {
            byId(exchange, Integer.parseInt(path[3]));
        } else if (post) {
            posted(exchange, URLDecoder.decode(path[2], UTF_8), path.length == 4);
        } else if (path.length == 4) {
            versions(exchange, URLDecoder.decode(path[2], UTF_8));
        } else {
            version(exchange, URLDecoder.decode(path[2], UTF_8), path[4]);
        }
    }

    private void byId(HttpExchange exchange, int id) throws IOException {
        if (id < 1 || id > schemas.size()) {
            answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema " + id + " not found\"}");
        } else {
            answer(exchange, 200, JSON.writeValueAsString(Map.of("schema", schemas.get(id - 1))));
        }
    }

    private void posted(HttpExchange exchange, String subject, boolean register) throws IOException {
        String schema = JSON.readTree(exchange.getRequestBody()).path("schema").textValue();
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        if (register) {
            answer(exchange, 200, "{\"id\":" + put(subject, schema) + "}");
            return;
        }
        int version = versions.indexOf(schemas.indexOf(schema) + 1) + 1;
        if (version == 0) {
            answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        } else {
            answer(exchange, 200, described(subject, version));
        }
    }

    private void versions(HttpExchange exchange, String subject) throws IOException {
        int size = subjects.getOrDefault(subject, List.of()).size();
        if (size == 0) {
            answer(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject '" + subject + "' not found.\"}");
        } else {
            answer(
                    exchange,
                    200,
                    JSON.writeValueAsString(
                            java.util.stream.IntStream.rangeClosed(1, size).toArray()));
        }
    }

    private void version(HttpExchange exchange, String subject, String asked) throws IOException {
        int size = subjects.getOrDefault(subject, List.of()).size();
        int version = asked.equals("latest") ? size : Integer.parseInt(asked);
        if (version < 1 || version > size) {
            answer(exchange, 404, "{\"error_code\":40402,\"message\":\"Version not found.\"}");
        } else {
            answer(exchange, 200, described(subject, version));
        }
    }

    private String described(String subject, int version) throws IOException {
        int id = subjects.get(subject).get(version - 1);
        return JSON.writeValueAsString(
                Map.of("subject", subject, "version", version, "id", id, "schema", schemas.get(id - 1)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
