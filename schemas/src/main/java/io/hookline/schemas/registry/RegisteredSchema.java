package io.hookline.schemas.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject, as the registry knows it.
 *
 * @param subject the name it is registered under, such as {@code events.order_created-value}
 * @param version counted from 1 within the subject
 * @param id the number that stands in every record written with it; the same schema has one id in all subjects
 * @param schema with its references resolved
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
