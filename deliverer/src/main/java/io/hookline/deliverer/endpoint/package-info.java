/**
 * A subscription made ready for delivering: parsed once when its record is read, then used for every attempt. Built and used by the
 * loop's thread.
 */
@NullMarked
package io.hookline.deliverer.endpoint;

import org.jspecify.annotations.NullMarked;
