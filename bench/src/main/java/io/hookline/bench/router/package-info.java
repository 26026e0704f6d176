/**
 * The benchmark {@code router}: the matcher alone, the index's memory, throughput, fan-out, restart and latency. Main thread.
 */
@NullMarked
package io.hookline.bench.router;

import org.jspecify.annotations.NullMarked;
