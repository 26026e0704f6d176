/**
 * Receivers that answer as fast as the machine can, and what finds out how fast that is. A sink has its own thread or process; the rest is for the
 * benchmark's thread.
 */
@NullMarked
package io.hookline.bench.sink;

import org.jspecify.annotations.NullMarked;
