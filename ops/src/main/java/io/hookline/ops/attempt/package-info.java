/**
 * What was attempted: the records of topic {@code attempts} found by subscription, time and {@code webhook-id}, and the whole life of one
 * event. Used by the commands. Kafka finds offsets by time, so there is no index to keep. One thread each.
 */
@NullMarked
package io.hookline.ops.attempt;

import org.jspecify.annotations.NullMarked;
