/**
 * HTTP receivers on the loopback address that answer webhooks as a script says ({@link io.hookline.testkit.receiver.ScriptedReceiver}) or break the protocol
 * ({@link io.hookline.testkit.receiver.HostileReceiver}), and keep a log of what they received: the receiver's own view, to check ours against.
 * The {@code demo} command and the tests of every module call it.
 * Scripts run on the receiver's I/O thread and must not block; everything public may be called from any thread.
 */
@NullMarked
package io.hookline.testkit.receiver;

import org.jspecify.annotations.NullMarked;
