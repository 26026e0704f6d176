/**
 * Emitting events from files and arguments: NDJSON with exact positions of what is wrong, JSON into Avro, and the two passes of a file, of
 * which only the second emits. Used by the command and by what embeds Hookline. For one thread at a time.
 */
@NullMarked
package io.hookline.ops.emit;

import org.jspecify.annotations.NullMarked;
