/**
 * A thin client of the Confluent Schema Registry REST API: ask for a schema by id, register or look one up under a subject.
 * Everyone may call it; one client serves a whole process.
 * Any thread: {@code cached} and {@code fetch} never block and may be used on an event loop, every other call may block for as
 * long as the timeouts allow.
 */
@NullMarked
package io.hookline.schemas.registry;

import org.jspecify.annotations.NullMarked;
