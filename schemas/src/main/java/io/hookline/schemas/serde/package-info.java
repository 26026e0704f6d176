/**
 * Avro in the Confluent wire format: Kafka serializers that stand in for Confluent's, and codecs for the records this system
 * exchanges with itself.
 * Everyone may call it.
 * Codecs and serializers are safe for any thread and keep their buffers per thread; {@code decode} never blocks, what may ask the
 * registry says so.
 */
@NullMarked
package io.hookline.schemas.serde;

import org.jspecify.annotations.NullMarked;
