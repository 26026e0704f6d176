/**
 * How things are measured: rounds in which every contestant has its turn, medians with their spread, percentiles, CPU time and allocation.
 * Knows nothing of what is measured. Everything here is for one thread, except where a class says otherwise.
 */
@NullMarked
package io.hookline.bench.measure;

import org.jspecify.annotations.NullMarked;
