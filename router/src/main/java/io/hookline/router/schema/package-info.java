/**
 * Schemas of events without holding anything up: what is known goes on while the registry is down, what is unknown is asked for, and the
 * records that need it are held back before they reach the stream. Called by the router's own client supplier and processors.
 * {@link io.hookline.router.schema.SchemaLookup} is shared by all threads; a gated consumer belongs to its stream thread.
 */
@NullMarked
package io.hookline.router.schema;

import org.jspecify.annotations.NullMarked;
