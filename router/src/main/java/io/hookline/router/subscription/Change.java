package io.hookline.router.subscription;

import io.hookline.router.match.Route;

/** What a record of the subscriptions topic means for the routes. */
sealed interface Change {
    /** The subscription routes like this from now on. */
    record Put(Route route) implements Change {}

    /** The subscription is deleted. */
    record Remove(String id) implements Change {}

    /** The subscription matches nothing from now on. */
    record Broken(String id, String reason) implements Change {}

    /** The record is nobody's. */
    record Stray(String key, String reason) implements Change {}

    /** The stray record of that key is gone. */
    record StrayRemoved(String key) implements Change {}
}
