package io.hookline.deliverer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class TempRegistry implements AutoCloseable {
    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();

    TempRegistry() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", x -> {
            String path = x.getRequestURI().getPath();
            String answer = "{\"error_code\":40403}";
            int code = 404;
            synchronized (schemas) {
                if (x.getRequestMethod().equals("POST")) {
                    String s = mapper.readTree(x.getRequestBody()).get("schema").asText();
                    if (!schemas.contains(s)) {
                        schemas.add(s);
                    }
                    code = 200;
                    answer = "{\"id\":" + (schemas.indexOf(s) + 1) + ",\"version\":1,\"subject\":\"x\",\"schema\":"
                            + mapper.writeValueAsString(s) + "}";
                } else if (path.startsWith("/schemas/ids/")) {
                    int id = Integer.parseInt(path.substring(13));
                    if (id <= schemas.size() && id > 0) {
                        code = 200;
                        answer = "{\"schema\":" + mapper.writeValueAsString(schemas.get(id - 1)) + "}";
                    }
                }
            }
            byte[] b = answer.getBytes(StandardCharsets.UTF_8);
            x.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            x.sendResponseHeaders(code, b.length);
            x.getResponseBody().write(b);
            x.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
