package io.hookline.prove.receive;

import com.standardwebhooks.Webhook;
import io.hookline.prove.process.Ports;
import io.hookline.testkit.receiver.HostileReceiver;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * All receivers of a run: one server for those that speak HTTP, each with a path of its own, and a server for each that does not. Any
 * thread.
 */
public final class Receivers implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final int port;
    private final ReceiverLog log;
    private final Map<String, Webhook> verifiers = new ConcurrentHashMap<>();
    private final Map<String, Behaviour.Scripted> scripts = new ConcurrentHashMap<>();
    private final List<HostileReceiver> hostile = new ArrayList<>();
    private ScriptedReceiver server;

    private Receivers(int port, Path file) {
        this.port = port;
        this.log = new ReceiverLog(file, verifiers);
        this.server = serve();
    }

    /** Listens, and appends every request to a file. */
    public static Receivers start(Ports ports, Path file) {
        return new Receivers(ports.free(), file);
    }

    /** An endpoint as its subscription needs it. */
    public record Address(String url, String secret) {}

    /** Makes the endpoint of a subscription, with a secret of its own. */
    public synchronized Address endpoint(String subscription, Behaviour behaviour, RandomGenerator random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(bytes);
        if (behaviour instanceof Behaviour.Hostile is) {
            HostileReceiver receiver = HostileReceiver.start(is.mischief());
            hostile.add(receiver);
            return new Address(receiver.url().toString(), secret);
        }
        verifiers.put(subscription, new Webhook(bytes));
        ScriptedEndpoint endpoint = server.endpoint(path(subscription), scripted(subscription, behaviour));
        return new Address(endpoint.url().toString(), secret);
    }

    /** From now on it behaves like this. */
    public synchronized void behave(String subscription, Behaviour behaviour) {
        server.endpoint(path(subscription), scripted(subscription, behaviour));
    }

    /** Closes the server: connections break, new ones are refused. */
    public synchronized void goDown() {
        server.close();
    }

    /** Opens it again, on the same port. */
    public synchronized void comeUp() {
        server = serve();
        scripts.forEach((subscription, behaviour) -> server.endpoint(path(subscription), behaviour.script()));
    }

    /** Requests logged so far. */
    public long requests() {
        return log.lines();
    }

    @Override
    public synchronized void close() {
        hostile.forEach(HostileReceiver::close);
        server.close();
        log.close();
    }

    private io.hookline.testkit.receiver.Script scripted(String subscription, Behaviour behaviour) {
        if (behaviour instanceof Behaviour.Scripted is) {
            scripts.put(subscription, is);
            return is.script();
        }
        throw new IllegalArgumentException("endpoint " + subscription + " cannot become hostile later");
    }

    private ScriptedReceiver serve() {
        return ScriptedReceiver.builder()
                .port(port)
                .requestsMax(1)
                .onEnded(log::append)
                .start();
    }

    private static String path(String subscription) {
        return "/" + subscription;
    }
}
