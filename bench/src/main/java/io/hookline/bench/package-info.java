/**
 * The command {@code hookline bench}: which benchmarks there are, and how their results are printed. Runs on the main thread.
 */
@NullMarked
package io.hookline.bench;

import org.jspecify.annotations.NullMarked;
