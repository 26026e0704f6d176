/**
 * The Kafka Streams side of the router: topology, processors, clients and their settings. The router builds one of each for every run
 * of a Streams client; processors are called by their stream thread, or by the global thread.
 */
@NullMarked
package io.hookline.router.stream;

import org.jspecify.annotations.NullMarked;
