/**
 * How commands talk to Kafka and the schema registry: one connection made from one set of settings, every wait bounded. Used by
 * all packages of this module and by what embeds them. A connection may be shared between threads; the consumers and producers it hands
 * out may not, beyond what Kafka's own allow.
 */
@NullMarked
package io.hookline.ops.kafka;

import org.jspecify.annotations.NullMarked;
