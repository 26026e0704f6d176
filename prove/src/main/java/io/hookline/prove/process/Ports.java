package io.hookline.prove.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free ports for processes that want to know them before they bind. Drawn from below every operating system's range for outgoing
 * connections, so that nobody is given one by chance between two starts of a process.
 */
public final class Ports {
    private static final int FIRST = 15_000;
    private static final int END = 32_000;
    private static final int DRAWS_MAX = 1_000;

    private final Random random = new Random();
    private final Set<Integer> given = new HashSet<>();

    /** One that is free now and was not given before. */
    public synchronized int free() {
        for (int draw = 0; draw < DRAWS_MAX; draw++) {
            int port = random.nextInt(FIRST, END);
            if (!given.contains(port) && canBind(port)) {
                given.add(port);
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + FIRST + " and " + END + " on the loopback address.");
    }

    private static boolean canBind(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
