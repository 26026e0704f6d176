/**
 * Replays of the event topics to one subscription: what is asked for ({@link io.hookline.ops.replay.ReplayRequest}), what is to be read
 * for it, the run that writes deliveries and its own progress in one transaction, and the topic {@code replays} that holds them all. Used
 * by the commands. One thread each.
 */
@NullMarked
package io.hookline.ops.replay;

import org.jspecify.annotations.NullMarked;
