package io.hookline.testkit.receiver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges whose answer is delayed or withheld, by their client's address, so that they end when their client leaves. The server
 * itself takes the end of a client's input for a half-closed connection and would tell an exchange of it only after it has
 * answered into the void. Any thread.
 */
final class WaitingExchanges {
    private final Map<SocketAddress, Exchange> byClient = new ConcurrentHashMap<>();

    void add(SocketAddress client, Exchange exchange) {
        byClient.put(client, exchange);
    }

    void remove(SocketAddress client, Exchange exchange) {
        byClient.remove(client, exchange);
    }

    /** Ends them all, unanswered. */
    void abandonAll() {
        byClient.values().forEach(Exchange::abandon);
    }

    /** The same session, but that the end of its input ends its client's waiting exchange. */
    IOSession watch(IOSession session) {
        return (IOSession) Proxy.newProxyInstance(
                IOSession.class.getClassLoader(), new Class<?>[] {IOSession.class}, (proxy, method, arguments) -> {
                    Object result = invoke(session, method, arguments);
                    if (method.getName().equals("read") && Integer.valueOf(-1).equals(result)) {
                        inputEnded(session.getRemoteAddress());
                    }
                    return result;
                });
    }

    private void inputEnded(@Nullable SocketAddress client) {
        Exchange exchange = client == null ? null : byClient.get(client);
        if (exchange != null) {
            exchange.abandon();
        }
    }

    private static @Nullable Object invoke(IOSession session, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(session, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
