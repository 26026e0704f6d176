package io.hookline.deliverer.reach;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy through which all endpoints are called: a tunnel (CONNECT) for https. It looks up their names and decides which addresses may be
 * connected to.
 *
 * @param host its name or address
 * @param port 1 to 65535
 */
public record EgressProxy(String host, int port) {
    /** The setting that names it. */
    public static final String SETTING = "deliverer.egress.proxy";

    private static final int PORT_MAX = 65_535;

    /**
     * @param url such as http://proxy.internal:3128
     * @throws IllegalArgumentException naming what is expected
     */
    public static EgressProxy parse(String url) {
        try {
            URI uri = new URI(url);
            boolean isBare = uri.getRawUserInfo() == null
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (isBare && "http".equals(uri.getScheme()) && uri.getHost() != null && isPort(uri.getPort())) {
                return new EgressProxy(uri.getHost(), uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw unusable(e);
        }
        throw unusable(null);
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= PORT_MAX;
    }

    /** Without the value: it may hold a password. */
    private static IllegalArgumentException unusable(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "http://, a host, ':' and a port are expected, such as http://proxy.internal:3128; a user is not supported.",
                cause);
    }
}
