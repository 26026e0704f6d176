package io.hookline.schemas.serde;

/**
 * What decoding without blocking came to. Bytes that cannot be decoded at all are an {@link UndecodableException} instead.
 *
 * @param <T> the record
 */
public sealed interface Decoded<T> {

    /** The id of the schema the bytes were written with. */
    int schemaId();

    /** The record. */
    record Value<T>(T value, int schemaId) implements Decoded<T> {}

    /**
     * The schema is not known here yet. Call {@link io.hookline.schemas.registry.SchemaRegistryClient#fetch(int)}; when it has
     * completed, decode the same bytes again; when it failed, the exception says whether they are poison or have to wait.
     */
    record NeedsSchema<T>(int schemaId) implements Decoded<T> {}
}
