/**
 * Dead letters: found by their headers without decoding, counted, shown, and replayed into {@code deliveries.replay} in transactions that
 * also mark them, so that none is replayed twice by accident. Used by the commands and by what embeds Hookline. For one thread at a time.
 */
@NullMarked
package io.hookline.ops.dead;

import org.jspecify.annotations.NullMarked;
