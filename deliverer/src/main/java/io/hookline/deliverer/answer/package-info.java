/**
 * From an endpoint's answer to what is recorded: pure decisions. Input, progress and time in; a {@link
 * io.hookline.deliverer.answer.Decision} out. The loop acts on it. No I/O, any thread.
 */
@NullMarked
package io.hookline.deliverer.answer;

import org.jspecify.annotations.NullMarked;
