/**
 * Finds the subscriptions that want an event among a million, at a cost that does not depend on those that do not want it. The router's
 * global thread puts and removes; its stream threads select and match. Everything that a reader meets is immutable and reached from one
 * volatile root, so each event sees all of a change or nothing of it; see {@code docs/decisions/filter-index.md}.
 */
@NullMarked
package io.hookline.router.index;

import org.jspecify.annotations.NullMarked;
