/**
 * What a run does to the pipeline from outside: subscriptions as documents, and events through the producer library, both made from the
 * seed. The load runs on a thread of its own.
 */
@NullMarked
package io.hookline.prove.load;

import org.jspecify.annotations.NullMarked;
