/**
 * All of Hookline in this process, Kafka and a schema registry included: for development, demonstrations and tests. Used by the {@code
 * dev} and {@code demo} commands; may be started and closed from any thread.
 */
@NullMarked
package io.hookline.deploy.embedded;

import org.jspecify.annotations.NullMarked;
