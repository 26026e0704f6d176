/**
 * The envelope of a domain event: CloudEvents attributes as Kafka headers. The producer writes it; router, deliverer and operators'
 * commands read it. All classes are immutable and usable from any thread.
 */
@NullMarked
package io.hookline.schemas.event;

import org.jspecify.annotations.NullMarked;
