/**
 * The {@code hookline} command line and the one service that writes subscriptions. {@link io.hookline.ops.Hookline} is the entry; module
 * {@code deploy} adds the commands that embed everything. One command runs at a time, on the main thread.
 */
@NullMarked
package io.hookline.ops;

import org.jspecify.annotations.NullMarked;
