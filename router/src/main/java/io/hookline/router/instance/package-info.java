/**
 * The router's sign of life in topic {@code instances}: who it is, that it lives, which subscriptions are in effect. The router starts
 * and stops it; it works on a thread of its own.
 */
@NullMarked
package io.hookline.router.instance;

import org.jspecify.annotations.NullMarked;
