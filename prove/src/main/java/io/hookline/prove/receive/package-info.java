/**
 * Receivers that behave as a scenario says and write down every request: the only witnesses of what was delivered. They run on the I/O
 * threads of their servers.
 */
@NullMarked
package io.hookline.prove.receive;

import org.jspecify.annotations.NullMarked;
