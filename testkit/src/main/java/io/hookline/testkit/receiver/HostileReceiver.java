package io.hookline.testkit.receiver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on a loopback port that does one {@link Mischief} to every connection: what a careless, broken or malicious partner could do.
 * One thread accepts, one more serves each connection, at most {@value #CONNECTIONS_MAX} at a time. Any thread may call.
 */
public final class HostileReceiver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostileReceiver.class);
    private static final int CONNECTIONS_MAX = 256;
    private static final int RECEIVE_BUFFER_BYTES = 4096;

    private final Mischief mischief;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(CONNECTIONS_MAX);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong accepted = new AtomicLong();

    private HostileReceiver(Mischief mischief) throws IOException {
        this.mischief = mischief;
        this.listener = new ServerSocket();
        // Small, so that a receiver that does not read is felt soon.
        listener.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS_MAX);
    }

    /** On a free port. */
    public static HostileReceiver start(Mischief mischief) {
        try {
            HostileReceiver receiver = new HostileReceiver(mischief);
            receiver.thread("accept", receiver::acceptAll);
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException("hostile receiver cannot listen: " + e.getMessage(), e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    /** How many connections it has accepted so far. */
    public long connections() {
        return accepted.get();
    }

    /** How many connections neither side has closed yet, as far as the mischief has noticed. */
    public int openConnections() {
        return open.size();
    }

    /** Closes all connections and ends their threads. */
    @Override
    public void close() {
        closing.countDown();
        closeQuietly(listener);
        open.forEach(HostileReceiver::closeQuietly);
    }

    private void acceptAll() {
        while (closing.getCount() > 0) {
            try {
                free.acquire();
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                thread("connection", () -> serve(socket));
            } catch (IOException | InterruptedException e) {
                log.debug("accepting ended", e);
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (closing.getCount() > 0) {
                mischief.play(new Conversation(socket, closing));
            }
        } catch (IOException | RuntimeException e) {
            log.debug("mischief ended", e);
        } finally {
            open.remove(socket);
            free.release();
        }
    }

    private void thread(String name, Runnable run) {
        Thread thread = new Thread(run, "hostile-" + listener.getLocalPort() + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("closing {}", closeable, e);
        }
    }
}
