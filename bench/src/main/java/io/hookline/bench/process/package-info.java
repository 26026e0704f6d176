/**
 * Processes that a benchmark starts: a broker, a router, a deliverer, a bare Streams topology, each in a JVM of its own, started as the
 * launcher starts services. They end with the process that started them.
 */
@NullMarked
package io.hookline.bench.process;

import org.jspecify.annotations.NullMarked;
