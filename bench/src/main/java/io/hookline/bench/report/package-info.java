/**
 * What a benchmark says: rows of a table, figures by key with their targets, the machine. And what it is made of: scenarios, each answering
 * for some keys. Main thread.
 */
@NullMarked
package io.hookline.bench.report;

import org.jspecify.annotations.NullMarked;
