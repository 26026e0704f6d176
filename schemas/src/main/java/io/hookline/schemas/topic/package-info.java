/**
 * The topics: their names, partitions and settings, and which partition a subscription belongs to. Every module takes names from
 * here and nowhere else. All classes are immutable and usable from any thread.
 */
@NullMarked
package io.hookline.schemas.topic;

import org.jspecify.annotations.NullMarked;
