package io.hookline.testkit.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's and the controller's listening sockets, bound before Kafka is configured and handed to it when it asks. So the
 * ports are known in time for the configuration and nobody can take them in between.
 *
 * <p>A free port is drawn from below every operating system's range for outgoing connections: a client that reconnects while the
 * broker is down can then neither be given the broker's port as its own nor connect to itself.
 */
final class ListeningSockets implements ServerSocketFactory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ListeningSockets.class);

    private static final int FREE_PORT_FIRST = 15_000;
    private static final int FREE_PORT_END = 32_000;
    private static final int DRAWS_MAX = 100;
    private static final int BACKLOG = 256;

    private final ServerSocketChannel broker;
    private final ServerSocketChannel controller;

    private ListeningSockets(ServerSocketChannel broker, ServerSocketChannel controller) {
        this.broker = broker;
        this.controller = controller;
    }

    /**
     * Binds both on the loopback address.
     *
     * @param brokerPort the port clients connect to, 0 for any free one
     * @throws KafkaStartException if the port is taken
     */
    static ListeningSockets bind(int brokerPort, RandomGenerator random) {
        ServerSocketChannel broker = brokerPort == 0 ? bindFree(random) : bindFixed(brokerPort);
        try {
            return new ListeningSockets(broker, bindFree(random));
        } catch (RuntimeException e) {
            closeQuietly(broker);
            throw e;
        }
    }

    int brokerPort() {
        return portOf(broker);
    }

    int controllerPort() {
        return portOf(controller);
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int listenBacklogSize, int receiveBufferSize)
            throws IOException {
        for (ServerSocketChannel channel : List.of(broker, controller)) {
            if (channel.isOpen() && portOf(channel) == address.getPort()) {
                channel.configureBlocking(false);
                return channel;
            }
        }
        throw new IOException("listener " + listenerName + " asks for port " + address.getPort()
                + ", but the sockets of this broker are bound to " + this);
    }

    /** Closes what Kafka was not yet given or has not closed itself. */
    @Override
    public void close() {
        closeQuietly(broker);
        closeQuietly(controller);
    }

    @Override
    public String toString() {
        return broker + " and " + controller;
    }

    private static ServerSocketChannel bindFixed(int port) {
        try {
            return open(port);
        } catch (IOException e) {
            throw KafkaStartException.held(
                    "port " + port + " on the loopback address cannot be bound (" + e.getMessage()
                            + "): another program, perhaps another Kafka, listens there. Stop it or choose another port.",
                    e);
        }
    }

    private static ServerSocketChannel bindFree(RandomGenerator random) {
        for (int draw = 0; draw < DRAWS_MAX; draw++) {
            try {
                return open(random.nextInt(FREE_PORT_FIRST, FREE_PORT_END));
            } catch (IOException taken) {
                log.debug("port drawn is taken, drawing another", taken);
            }
        }
        try {
            return open(0);
        } catch (IOException e) {
            throw new KafkaStartException("no free port on the loopback address: " + e.getMessage(), e);
        }
    }

    private static ServerSocketChannel open(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static int portOf(ServerSocketChannel channel) {
        try {
            return ((InetSocketAddress) Objects.requireNonNull(channel.getLocalAddress())).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("closing {}", channel, e);
        }
    }
}
