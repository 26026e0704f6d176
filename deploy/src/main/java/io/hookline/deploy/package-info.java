/**
 * The distribution: what the launcher starts. Adds to the {@code hookline} command what needs everything in one process. Nothing depends
 * on this module; the main thread runs it.
 */
@NullMarked
package io.hookline.deploy;

import org.jspecify.annotations.NullMarked;
