/**
 * The loop: one thread that owns all state of its partitions. It reads, dispatches, decides and seals batches; nothing it calls blocks.
 * Everything that happens elsewhere (answers, commits, looked-up offsets) comes to it as a {@link io.hookline.deliverer.loop.Signal}. Start a
 * loop through {@link io.hookline.deliverer.Deliverer}.
 */
@NullMarked
package io.hookline.deliverer.loop;

import org.jspecify.annotations.NullMarked;
