package io.hookline.deliverer.http;

import java.io.IOException;

/** The proxy did not open a tunnel, so that the endpoint has not been asked. */
final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int FORBIDDEN = 403;

    private final int status;

    ProxyRefusedException(int status) {
        super("the proxy answered " + status + " instead of connecting");
        this.status = status;
    }

    /** Whether it would not, rather than could not. */
    boolean isForbidden() {
        return status == FORBIDDEN;
    }
}
