/** The {@code prove} command: options and output of the guarantee suite. Called by the command line, on its thread. */
@NullMarked
package io.hookline.deploy.prove;

import org.jspecify.annotations.NullMarked;
