/**
 * The deliverer: takes deliveries from Kafka, makes signed HTTP callbacks and records what became of them. Start one with
 * {@link io.hookline.deliverer.Deliverer}; everything below is its inside. Decisions are pure and live apart from I/O: see
 * {@code docs/architecture.md} for the threads.
 */
@NullMarked
package io.hookline.deliverer;

import org.jspecify.annotations.NullMarked;
