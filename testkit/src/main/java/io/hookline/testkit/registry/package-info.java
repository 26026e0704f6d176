/**
 * A schema registry in this JVM, for development only: Confluent's REST contract for Avro, its schemas in a compacted Kafka topic in Confluent's own
 * format. The {@code dev} and {@code demo} commands and the tests start it through {@link io.hookline.testkit.registry.DevRegistry}.
 * A few threads of its HTTP server call everything here; start and close block the caller.
 *
 * <p>From the outside in: {@code DevRegistry} (life), {@code Routes} (paths), {@code Registry} (what each call does),
 * {@code RegistryState} (what is registered, a fold over the topic), {@code SchemaTopic} (Kafka).
 */
@NullMarked
package io.hookline.testkit.registry;

import org.jspecify.annotations.NullMarked;
