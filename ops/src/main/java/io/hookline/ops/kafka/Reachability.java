package io.hookline.ops.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Says why Kafka did not answer: what each address does when something connects to it. */
public final class Reachability {
    private static final int CONNECT_MS_MAX = 1_000;
    private static final int ADDRESSES_MAX = 8;

    private Reachability() {}

    /**
     * What addresses do.
     *
     * @param text one clause per address
     * @param isHopeless whether none of them even accepts a connection
     */
    record Probe(String text, boolean isHopeless) {}

    /** Whether something accepts connections at one of these addresses. Blocks a few seconds at most. */
    public static boolean isAnswering(String servers) {
        return !probe(servers, false).isHopeless();
    }

    /**
     * All addresses are probed at once; blocks a few seconds at most.
     *
     * @param isPlaintext whether the settings say that Kafka is spoken without TLS and SASL, so that it may be tried here
     */
    static Probe probe(String servers, boolean isPlaintext) {
        List<CompletableFuture<Probe>> probes = new ArrayList<>();
        for (String server : servers.split(",", -1)) {
            if (probes.size() < ADDRESSES_MAX && !server.isBlank()) {
                probes.add(CompletableFuture.supplyAsync(() -> probeOne(server.strip(), isPlaintext)));
            }
        }
        List<Probe> done = probes.stream().map(CompletableFuture::join).toList();
        return new Probe(
                String.join("; ", done.stream().map(Probe::text).toList()),
                done.stream().allMatch(Probe::isHopeless));
    }

    private static Probe probeOne(String server, boolean isPlaintext) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(server.substring(colon + 1));
            String host = server.substring(0, Math.max(0, colon)).replaceFirst(".*://", "");
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                return new Probe(server + ": the name does not resolve", true);
            }
            socket.connect(address, CONNECT_MS_MAX);
            String found = isPlaintext ? PlaintextTalk.with(socket) : "accepts connections, but did not answer in time";
            return new Probe(server + ": " + found, false);
        } catch (SocketTimeoutException e) {
            return new Probe(server + ": no answer in " + CONNECT_MS_MAX + " ms", false);
        } catch (IOException e) {
            return new Probe(server + ": " + e.getMessage(), true);
        } catch (IllegalArgumentException e) {
            return new Probe(server + ": not of the form HOST:PORT", true);
        }
    }
}
