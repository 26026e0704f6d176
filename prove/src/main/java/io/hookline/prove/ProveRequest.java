package io.hookline.prove;

import io.hookline.prove.scenario.Scenario;

/**
 * What to prove.
 *
 * @param seed the same seed makes the same events, receivers and schedule of faults
 * @param isKept whether the run's directory stays; it does anyway where a promise is broken
 * @param mainClass of the {@code hookline} command, found in this JVM's class path
 */
public record ProveRequest(Scenario scenario, long seed, boolean isKept, String mainClass) {}
