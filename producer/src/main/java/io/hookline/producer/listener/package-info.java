/**
 * The listening side of a platform service: handlers of event types, whose results are published as events. Services call it; {@link
 * io.hookline.producer.listener.Listeners} is where to begin. Handlers run on the listener's own threads, one event of a partition at a
 * time.
 */
@NullMarked
package io.hookline.producer.listener;

import org.jspecify.annotations.NullMarked;
