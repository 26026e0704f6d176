/**
 * The identity of a delivery. The producer of the id and everyone who looks an id up use the one class here. Usable from any thread.
 */
@NullMarked
package io.hookline.schemas.id;

import org.jspecify.annotations.NullMarked;
