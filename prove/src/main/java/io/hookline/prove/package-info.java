/**
 * The guarantee suite: runs Hookline as real processes on a real cluster, does to it what a seed says, and holds what receivers and topics
 * say afterwards against the promises. Knows the product by its commands, topics and requests only. {@link io.hookline.prove.Prove} is the
 * way in; it blocks the caller's thread.
 */
@NullMarked
package io.hookline.prove;

import org.jspecify.annotations.NullMarked;
