/**
 * Which subscriptions want an event: the interface the routing stands on, and the parts of it that do not depend on how candidates are
 * found. The router calls it; the global thread puts and removes, stream threads select.
 * Every implementation is safe for one writer and any number of readers at once.
 */
@NullMarked
package io.hookline.router.match;

import org.jspecify.annotations.NullMarked;
