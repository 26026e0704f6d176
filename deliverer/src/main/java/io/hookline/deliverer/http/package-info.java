/**
 * The asynchronous HTTP side: one request in, one {@link io.hookline.deliverer.answer.Answer} out, never blocking the caller. Answers arrive on
 * the client's I/O threads; the loop and the ping command use it.
 */
@NullMarked
package io.hookline.deliverer.http;

import org.jspecify.annotations.NullMarked;
