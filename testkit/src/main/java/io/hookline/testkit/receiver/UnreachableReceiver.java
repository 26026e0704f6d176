package io.hookline.testkit.receiver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loopback port to which connecting takes forever: nobody accepts, and the queue of connections to accept is kept full by our own. Works
 * where the operating system then drops further attempts (Linux); {@link #start} fails elsewhere.
 */
public final class UnreachableReceiver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UnreachableReceiver.class);
    private static final int FILLERS_MAX = 16;
    private static final int CONNECT_MS = 300;

    private final ServerSocket listener;
    private final List<Socket> fillers = new ArrayList<>();

    private UnreachableReceiver() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** @throws IllegalStateException if connections keep succeeding on this operating system */
    public static UnreachableReceiver start() {
        try {
            UnreachableReceiver receiver = new UnreachableReceiver();
            for (int i = 0; i < FILLERS_MAX; i++) {
                if (!receiver.fillOne()) {
                    return receiver;
                }
            }
            receiver.close();
            throw new IllegalStateException("an unreachable port cannot be made here: " + FILLERS_MAX
                    + " connections were queued although nobody accepts");
        } catch (IOException e) {
            throw new UncheckedIOException("unreachable receiver cannot listen: " + e.getMessage(), e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    /** Those who were connecting are refused from now on. */
    @Override
    public void close() {
        fillers.forEach(UnreachableReceiver::closeQuietly);
        closeQuietly(listener);
    }

    /** False if it did not connect: the queue is full. */
    private boolean fillOne() throws IOException {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
            filler.connect(listener.getLocalSocketAddress(), CONNECT_MS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("closing {}", closeable, e);
        }
    }
}
