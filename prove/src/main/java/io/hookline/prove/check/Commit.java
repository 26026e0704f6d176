package io.hookline.prove.check;

/**
 * One committed checkpoint of a partition: everything that its owner had decided by then is recorded.
 *
 * @param offset in the state topic's partition
 * @param instance the owner
 * @param atMs when the owner sealed the batch, milliseconds since 1970
 */
public record Commit(int partition, long offset, String instance, long atMs) {}
