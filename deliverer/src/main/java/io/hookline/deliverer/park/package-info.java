/**
 * Where deliveries wait whose turn cannot come: the log is their queue, an index of offsets the cursor. Confined to the loop's thread.
 */
@NullMarked
package io.hookline.deliverer.park;

import org.jspecify.annotations.NullMarked;
