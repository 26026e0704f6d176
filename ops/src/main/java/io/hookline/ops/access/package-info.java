/**
 * What each kind of process and person needs to be allowed in Kafka, and no more: one list, from which the shipped script, the documentation and
 * the test against a secured Kafka are made. Pure.
 */
@NullMarked
package io.hookline.ops.access;

import org.jspecify.annotations.NullMarked;
