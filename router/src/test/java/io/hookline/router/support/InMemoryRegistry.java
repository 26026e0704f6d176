package io.hookline.router.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** A registry in memory that can be made to fail: the part of Confluent's REST contract that the client uses. */
public final class InMemoryRegistry implements AutoCloseable {
    private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d+)");
    private static final Pattern VERSIONS = Pattern.compile("/subjects/[^/]+/versions");
    private static final Pattern TEXT = Pattern.compile("\\{\"schema\":\"(.*)\"}", Pattern.DOTALL);

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final ConcurrentHashMap<Integer, Integer> asked = new ConcurrentHashMap<>();
    private volatile boolean down;

    public InMemoryRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(run -> {
            Thread thread = new Thread(run, "registry");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** While down, every question is answered 503. */
    public void setDown(boolean value) {
        down = value;
    }

    /** Adds a schema behind everybody's back; its id. */
    public int add(Schema schema) {
        return id(schema.toString().replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** How often the schema of that id was asked for. */
    public int asked(int id) {
        return asked.getOrDefault(id, 0);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized int id(String escaped) {
        int at = schemas.indexOf(escaped);
        if (at < 0) {
            schemas.add(escaped);
            at = schemas.size() - 1;
        }
        return at + 1;
    }

    private synchronized String schema(int id) {
        return id >= 1 && id <= schemas.size() ? schemas.get(id - 1) : null;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher byId = BY_ID.matcher(path);
        if (byId.matches()) {
            asked.merge(Integer.parseInt(byId.group(1)), 1, Integer::sum);
        }
        if (down) {
            answer(exchange, 503, "{\"error_code\":50003,\"message\":\"down\"}");
        } else if (byId.matches()) {
            String schema = schema(Integer.parseInt(byId.group(1)));
            if (schema == null) {
                answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
            } else {
                answer(exchange, 200, "{\"schema\":\"" + schema + "\"}");
            }
        } else if (VERSIONS.matcher(path).matches()
                && exchange.getRequestMethod().equals("POST")) {
            Matcher text = TEXT.matcher(body);
            answer(exchange, 200, "{\"id\":" + id(text.matches() ? text.group(1) : body) + "}");
        } else {
            answer(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange;
                var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
