/**
 * Reading {@code pipeline.dead}: records that Hookline itself could not read or route. Used by the {@code pipeline} commands, on their
 * thread.
 */
@NullMarked
package io.hookline.ops.pipeline;

import org.jspecify.annotations.NullMarked;
