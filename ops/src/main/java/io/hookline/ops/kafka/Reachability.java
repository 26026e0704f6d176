package io.hookline.ops.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Says why Kafka did not answer: what each address does when something connects to it. */
final class Reachability {
    private static final int CONNECT_MS_MAX = 1_000;
    private static final int ADDRESSES_MAX = 8;

    private Reachability() {}

    /** One clause per address, all probed at once; blocks about a second at most. */
    static String probe(String servers) {
        List<CompletableFuture<String>> probes = new ArrayList<>();
        for (String server : servers.split(",", -1)) {
            if (probes.size() < ADDRESSES_MAX && !server.isBlank()) {
                probes.add(CompletableFuture.supplyAsync(() -> probeOne(server.strip())));
            }
        }
        return String.join("; ", probes.stream().map(CompletableFuture::join).toList());
    }

    private static String probeOne(String server) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(server.substring(colon + 1));
            String host = server.substring(0, Math.max(0, colon)).replaceFirst(".*://", "");
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                return server + ": the name does not resolve";
            }
            socket.connect(address, CONNECT_MS_MAX);
            return server
                    + ": accepts connections, but does not answer as a plaintext Kafka listener (TLS or SASL settings go"
                    + " into --command-config)";
        } catch (SocketTimeoutException e) {
            return server + ": no answer in " + CONNECT_MS_MAX + " ms";
        } catch (IOException e) {
            return server + ": " + e.getMessage();
        } catch (IllegalArgumentException e) {
            return server + ": not of the form HOST:PORT";
        }
    }
}
