/**
 * The processes of a run: brokers, routers, deliverers and single commands, each a JVM of its own with its log in the run's directory. Any
 * thread may start and kill; all of them end with the run.
 */
@NullMarked
package io.hookline.prove.process;

import org.jspecify.annotations.NullMarked;
