/**
 * What all commands share: the console they speak to, options for Kafka, tables, progress, exit codes and the one place that turns a
 * failure into a message. Commands of this module and of {@code deploy} use it. Commands run on the main thread.
 */
@NullMarked
package io.hookline.ops.cli;

import org.jspecify.annotations.NullMarked;
