/**
 * What was decided, written to Kafka: outcomes gathered by the loop, sealed into a batch, committed on a thread of its own as one transaction with
 * state and offsets. {@link io.hookline.deliverer.commit.Outbox} belongs to the loop, {@link io.hookline.deliverer.commit.Committer} to its
 * thread.
 */
@NullMarked
package io.hookline.deliverer.commit;

import org.jspecify.annotations.NullMarked;
