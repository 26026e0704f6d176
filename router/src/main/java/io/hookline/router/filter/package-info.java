/**
 * The filter language of subscriptions: EventBridge event patterns, compiled once, evaluated against a view of an event that reads
 * only the fields that filters name. Called by the router, by its index, and by the commands that check or test a subscription.
 * Compiled filters, plans and values are immutable and may be used by any thread; a view of an event belongs to one thread.
 */
@NullMarked
package io.hookline.router.filter;

import org.jspecify.annotations.NullMarked;
