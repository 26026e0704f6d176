/**
 * Creating the topics of an installation and comparing what is there with the catalogue. Used by the commands and by what embeds Hookline.
 * The comparison is pure; {@link io.hookline.ops.topic.Topics} does the talking. Not for sharing between threads.
 */
@NullMarked
package io.hookline.ops.topic;

import org.jspecify.annotations.NullMarked;
