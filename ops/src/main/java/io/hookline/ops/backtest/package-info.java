/**
 * What a subscription would have received: its document against the events of the past, matched by the router's and rendered by the
 * deliverer's own code; nothing is written or sent. Used by the commands. One thread.
 */
@NullMarked
package io.hookline.ops.backtest;

import org.jspecify.annotations.NullMarked;
