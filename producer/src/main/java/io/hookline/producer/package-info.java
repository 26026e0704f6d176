/**
 * What a platform service embeds to emit events: {@link io.hookline.producer.EventProducer} takes Avro records or JSON and writes them
 * to the event's topic, so that an event it accepted is never lost. Services call it, and {@link io.hookline.producer.listener} is built
 * on it. All public classes may be used from any thread; futures complete on a thread of the producer's own.
 */
@NullMarked
package io.hookline.producer;

import org.jspecify.annotations.NullMarked;
