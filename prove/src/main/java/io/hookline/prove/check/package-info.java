/**
 * What was promised against what happened: records of evidence in, findings out. Nothing here reads a clock, a file or a topic. Immutable;
 * any thread.
 */
@NullMarked
package io.hookline.prove.check;

import org.jspecify.annotations.NullMarked;
