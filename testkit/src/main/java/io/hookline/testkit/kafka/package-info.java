/**
 * A real single-node Kafka (KRaft, broker and controller in one) in this JVM, and the choice between it and one in a container.
 * The {@code dev} and {@code demo} commands and the tests of every module call it.
 * Start, stop and close block the calling thread and may be called from any one thread at a time; the broker owns its own threads.
 */
@NullMarked
package io.hookline.testkit.kafka;

import org.jspecify.annotations.NullMarked;
