/**
 * The subscriptions topic as the router knows it: records become routes, what cannot is reported. The global thread applies records;
 * what was applied and what is broken may be asked from any thread.
 */
@NullMarked
package io.hookline.router.subscription;

import org.jspecify.annotations.NullMarked;
