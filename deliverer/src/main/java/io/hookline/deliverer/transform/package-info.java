/**
 * JSONata expressions that make payloads, bounded in time, depth and memory, on a pool of their own. Called by the renderer, and by commands
 * to check an expression; any thread. The result is told on a thread of the pool.
 */
@NullMarked
package io.hookline.deliverer.transform;

import org.jspecify.annotations.NullMarked;
