/**
 * What a benchmark needs around what it measures: a broker, a registry, topics, subscriptions, events, and readers of what comes out.
 * For the thread of the benchmark, except where a class says otherwise.
 */
@NullMarked
package io.hookline.bench.kafka;

import org.jspecify.annotations.NullMarked;
