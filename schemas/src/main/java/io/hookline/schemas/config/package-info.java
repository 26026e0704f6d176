/**
 * How a service is configured: its own settings declared once with Kafka's {@code ConfigDef}, every Kafka client setting passed
 * through, anything else refused. Used by router, deliverer and the commands that start them. Immutable, usable from any thread.
 */
@NullMarked
package io.hookline.schemas.config;

import org.jspecify.annotations.NullMarked;
