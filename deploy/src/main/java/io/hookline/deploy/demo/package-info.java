/**
 * The {@code demo} command: the whole pipeline on a real purchase history, with receivers that verify and count for themselves. Runs on
 * the main thread.
 */
@NullMarked
package io.hookline.deploy.demo;

import org.jspecify.annotations.NullMarked;
