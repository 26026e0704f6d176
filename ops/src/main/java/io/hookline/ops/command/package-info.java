/**
 * The commands, one class each: arguments in, one call of a service, result out. Made by {@link io.hookline.ops.Hookline} only. They run
 * on the main thread.
 */
@NullMarked
package io.hookline.ops.command;

import org.jspecify.annotations.NullMarked;
