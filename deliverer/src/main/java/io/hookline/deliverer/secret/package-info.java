/**
 * Secrets of subscriptions as they stand in the topic: encrypted to the deliverers' keyset, so that who writes them need not be able to read
 * them. Commands write with it, deliverers and commands read with it. Immutable, any thread; nothing here asks a network.
 */
@NullMarked
package io.hookline.deliverer.secret;

import org.jspecify.annotations.NullMarked;
