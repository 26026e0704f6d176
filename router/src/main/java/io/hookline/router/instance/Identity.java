package io.hookline.router.instance;

import java.time.Instant;

/**
 * Who a router is.
 *
 * @param id unique among running instances
 * @param version Hookline's version
 * @param host where it runs, for people
 */
public record Identity(String id, String version, String host, Instant startedAt) {}
