/**
 * The scenarios: what runs, what receives, and which faults happen when, all from the seed. Steps run one after the other on the run's
 * thread.
 */
@NullMarked
package io.hookline.prove.scenario;

import org.jspecify.annotations.NullMarked;
