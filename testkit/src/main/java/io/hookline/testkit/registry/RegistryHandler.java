package io.hookline.testkit.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From HTTP to a {@link Call} and back, errors as {@code {"error_code","message"}}. Called on the server's threads. */
final class RegistryHandler implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(RegistryHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Set<String> ACCEPTED =
            Set.of(CONTENT_TYPE, "application/vnd.schemaregistry+json", "application/json", "application/octet-stream");
    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final long DRAIN_BYTES_MAX = 64 << 20;

    private final Routes routes;

    RegistryHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            JsonNode answer;
            try {
                answer = routes.answer(call(exchange));
            } catch (RegistryError e) {
                status = e.httpStatus();
                answer = error(e.code(), e.text());
                log.debug("{} {} refused", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            } catch (RuntimeException e) {
                status = 500;
                answer = error(50001, "Error in the development registry: " + e);
                log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            }
            send(exchange, status, answer);
        }
    }

    private static Call call(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            // Were the rest left unread, the connection would be reset and the client might not see why.
            exchange.getRequestBody().skip(DRAIN_BYTES_MAX);
            throw RegistryError.http(413, "the body is larger than " + BODY_BYTES_MAX + " bytes");
        }
        if (body.length > 0) {
            checkContentType(exchange.getRequestHeaders().getFirst("Content-Type"));
        }
        return new Call(exchange.getRequestMethod(), exchange.getRequestURI(), body);
    }

    private static void checkContentType(@Nullable String header) {
        if (header == null) {
            return;
        }
        int parameters = header.indexOf(';');
        String type = (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!ACCEPTED.contains(type)) {
            throw RegistryError.http(
                    415, "HTTP 415 Unsupported Media Type: " + type + "; send Content-Type: " + CONTENT_TYPE);
        }
    }

    private static JsonNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
