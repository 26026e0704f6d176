/**
 * The {@code dev} command: everything in one process that stays up. Runs on the main thread.
 */
@NullMarked
package io.hookline.deploy.dev;

import org.jspecify.annotations.NullMarked;
