/**
 * Collects what a run left in topics and logs, as the checker takes it. Blocks; one thread.
 */
@NullMarked
package io.hookline.prove.evidence;

import org.jspecify.annotations.NullMarked;
