package io.hookline.producer;

import java.time.Instant;

/**
 * An event that Kafka has acknowledged: it is on all in-sync replicas.
 *
 * @param id CloudEvents id
 * @param type event type
 * @param topic where it is
 * @param partition within the topic
 * @param offset within the partition
 * @param timestamp of the record: when the broker appended it, for topics made by Hookline
 */
public record EmittedEvent(String id, String type, String topic, int partition, long offset, Instant timestamp) {}
