package io.hookline.prove.scenario;

import java.util.function.Consumer;

/**
 * One thing that happens during the load.
 *
 * @param atMs milliseconds since the load began; a step that blocks delays those after it
 * @param what for people
 */
public record Step(long atMs, String what, Consumer<Stage> action) {}
