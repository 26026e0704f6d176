package io.hookline.ops.topic;

/**
 * Something about a topic that is not as the catalogue wants it.
 *
 * @param topic full name
 * @param what {@code topic}, {@code partitions}, {@code replication}, or the name of a setting
 * @param found what is there
 * @param expected what should be
 * @param problem false: works, but deserves a look
 * @param mend what to do about it
 */
public record Finding(String topic, String what, String found, String expected, boolean problem, String mend) {}
