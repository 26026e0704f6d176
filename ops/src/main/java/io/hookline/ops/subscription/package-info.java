/**
 * Subscriptions: the document people write, its validation, and the one service that writes them to Kafka. Used by the commands and by what
 * embeds Hookline. Documents are immutable; a service is for one thread at a time.
 */
@NullMarked
package io.hookline.ops.subscription;

import org.jspecify.annotations.NullMarked;
