package io.hookline.deliverer.http;

import io.hookline.deliverer.reach.EgressProxy;
import io.hookline.deliverer.reach.Reach;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one client.
 *
 * @param reach where endpoints may be
 * @param proxy through which all requests go; null: none
 * @param userAgent value of the User-Agent header
 * @param connectTimeoutMs until a connection stands, in milliseconds
 * @param connectionsMax open connections, all endpoints together; looked at once a second: idle ones beyond it are closed, those in use
 *     are as many as the caller has requests under way
 * @param connectionsPerEndpointMax open connections to one scheme, host and port
 * @param connectionTtlMs how long a connection is used at most, in milliseconds: names may move
 * @param lastResortTimeoutMs after which silence on a connection ends it even if nobody cancelled, in milliseconds
 */
public record HttpSettings(
        Reach reach,
        @Nullable EgressProxy proxy,
        String userAgent,
        int connectTimeoutMs,
        int connectionsMax,
        int connectionsPerEndpointMax,
        long connectionTtlMs,
        int lastResortTimeoutMs) {

    /** Without a proxy. */
    public HttpSettings(
            Reach reach,
            String userAgent,
            int connectTimeoutMs,
            int connectionsMax,
            int connectionsPerEndpointMax,
            long connectionTtlMs,
            int lastResortTimeoutMs) {
        this(
                reach,
                null,
                userAgent,
                connectTimeoutMs,
                connectionsMax,
                connectionsPerEndpointMax,
                connectionTtlMs,
                lastResortTimeoutMs);
    }
}
