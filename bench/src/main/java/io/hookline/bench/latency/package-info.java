/**
 * The benchmark {@code latency}: the whole pipeline, from an event emitted by a service to the POST that its partner receives. Main thread.
 */
@NullMarked
package io.hookline.bench.latency;

import org.jspecify.annotations.NullMarked;
