/**
 * How the pipeline stands: what waits at each stage and since when, who runs, what is behind, how much disk it takes. Read from the topics,
 * the consumer groups and the brokers; nothing is written. Used by the commands. One thread.
 */
@NullMarked
package io.hookline.ops.status;

import org.jspecify.annotations.NullMarked;
