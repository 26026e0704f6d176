package io.hookline.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not the record they should be, and never will be: keep them aside (in {@code pipeline.dead}) and go on. What may
 * heal is never this exception (see {@link io.hookline.schemas.registry.RegistryException}).
 */
public final class UndecodableException extends SerializationException {

    /** What is wrong with them. */
    public enum Reason {
        /** No bytes at all. */
        EMPTY,
        /** The first byte is not 0: not the Confluent wire format. */
        UNKNOWN_MAGIC_BYTE,
        /** Less than the five bytes that name the schema. */
        TRUNCATED,
        /** The schema the bytes were written with cannot be read as the schema expected here. */
        INCOMPATIBLE_SCHEMA,
        /** The bytes do not fit the schema they name. */
        CORRUPT,
        /** The schema they name is no record's. */
        NOT_A_RECORD
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UndecodableException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
