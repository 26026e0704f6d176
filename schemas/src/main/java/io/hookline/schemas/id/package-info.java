/**
 * The identity of a delivery. Whoever makes an id and whoever looks one up use the one class here. Usable from any thread.
 */
@NullMarked
package io.hookline.schemas.id;

import org.jspecify.annotations.NullMarked;
