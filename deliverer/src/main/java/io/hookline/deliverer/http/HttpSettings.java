package io.hookline.deliverer.http;

import io.hookline.deliverer.reach.Reach;

/**
 * Limits of one client.
 *
 * @param reach where endpoints may be
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
        String userAgent,
        int connectTimeoutMs,
        int connectionsMax,
        int connectionsPerEndpointMax,
        long connectionTtlMs,
        int lastResortTimeoutMs) {}
