/**
 * The word that the router closes, for everything in it that waits. Given by the router, heard by any thread.
 */
@NullMarked
package io.hookline.router.stop;

import org.jspecify.annotations.NullMarked;
