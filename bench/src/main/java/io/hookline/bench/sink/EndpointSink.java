package io.hookline.bench.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many endpoints on one port, each of which answers as it was told to, all on one thread that does next to nothing for a request: no request
 * object, no log, no thread handed over to. What it cannot read ends the connection.
 */
public final class EndpointSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointSink.class);
    private static final int BACKLOG = 4_096;
    private static final long WAIT_MS_MAX = 100;

    private final AtomicReferenceArray<Behaviour> behaviours;
    private final Map<Behaviour, byte[]> answers = new HashMap<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final Selector selector;
    private final ServerSocketChannel server;
    private final int port;
    private final Thread thread;
    private volatile Answers listener = (endpoint, bytes, from, to, usual) -> usual;
    private volatile long posts;
    private volatile boolean isClosing;

    /** An answer that is due. */
    private record Later(long dueNs, Connection connection, byte[] answer) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return Long.compare(dueNs, other.dueNs);
        }
    }

    /** Starts it; every endpoint is {@link Behaviour#WELL}. */
    public EndpointSink(int endpoints) {
        this.behaviours = new AtomicReferenceArray<>(endpoints);
        for (int i = 0; i < endpoints; i++) {
            behaviours.set(i, Behaviour.WELL);
        }
        try {
            selector = Selector.open();
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            port = ((InetSocketAddress) Objects.requireNonNull(server.getLocalAddress())).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, "endpoint-sink");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String name() {
        return "endpoint sink";
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public long posts() {
        return posts;
    }

    /** From now on, requests to that endpoint are answered like this. */
    public void behave(int endpoint, Behaviour behaviour) {
        behaviours.set(endpoint, behaviour);
    }

    /** From now on, whom to ask how requests are answered. */
    public void ask(Answers whom) {
        listener = whom;
    }

    private void run() {
        try {
            while (!isClosing) {
                selector.select(this::ready, waitMs());
                answerLate();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("the sink has ended", e);
        }
    }

    private long waitMs() {
        Later next = later.peek();
        return next == null
                ? WAIT_MS_MAX
                : Math.max(1, Math.min(WAIT_MS_MAX, TimeUnit.NANOSECONDS.toMillis(next.dueNs() - System.nanoTime())));
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            if (!connection.read(this::complete)) {
                connection.close();
            }
        } catch (IOException e) {
            LOG.debug("connection lost", e);
            connection.close();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
            }
        } catch (IOException e) {
            LOG.warn("a connection was not accepted", e);
        }
    }

    // One thread writes, any reads.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void complete(Connection connection, int endpoint, byte[] bytes, int from, int to) throws IOException {
        posts++;
        Behaviour behaviour = listener.to(endpoint, bytes, from, to, behaviours.get(endpoint));
        if (behaviour.status() == 0) {
            return;
        }
        byte[] answer = answers.computeIfAbsent(behaviour, Behaviour::bytes);
        if (behaviour.delayMs() == 0) {
            connection.answer(answer);
        } else {
            long dueNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(behaviour.delayMs());
            later.add(new Later(dueNs, connection, answer));
        }
    }

    private void answerLate() {
        long now = System.nanoTime();
        for (Later next = later.peek(); next != null && next.dueNs() - now <= 0; next = later.peek()) {
            later.remove();
            try {
                next.connection().answer(next.answer());
            } catch (IOException e) {
                next.connection().close();
            }
        }
    }

    @Override
    public void close() {
        isClosing = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.warn("the sink was not closed cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
