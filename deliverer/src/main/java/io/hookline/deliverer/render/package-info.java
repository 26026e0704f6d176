/**
 * From an event's bytes to a POST's body. The loop renders; commands may call it to show what a partner would get. Pure but for the
 * schema cache; usable from any thread.
 */
@NullMarked
package io.hookline.deliverer.render;

import org.jspecify.annotations.NullMarked;
