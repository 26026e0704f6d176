/**
 * Running router and deliverer in the foreground of a process: settings from their sources, start, wait, clean close. Used by the commands;
 * the caller's thread waits, a shutdown hook closes.
 */
@NullMarked
package io.hookline.ops.service;

import org.jspecify.annotations.NullMarked;
