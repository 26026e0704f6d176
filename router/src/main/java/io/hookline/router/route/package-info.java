/**
 * The decision: what becomes of one record of an event topic. Pure: no I/O, no clock, no Kafka Streams; schemas and routes come in
 * through interfaces. The topology calls it; an {@link io.hookline.router.route.EventRouter} belongs to one thread, records are immutable.
 */
@NullMarked
package io.hookline.router.route;

import org.jspecify.annotations.NullMarked;
