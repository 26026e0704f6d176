package io.hookline.schemas.registry;

import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with a registry, sorted by what the caller can do about it. Every message names the address, the subject or
 * id asked for, what was answered, and the mend.
 *
 * <p>A record in hand is poison only if {@link #poison()}; a record that met any other case must be kept and tried again.
 */
public abstract sealed class RegistryException extends RuntimeException {

    RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The same question can be answered later without anybody changing the question: wait and ask again. */
    public abstract boolean retryable();

    /** No later answer will make a record with this schema id readable by this process. */
    public abstract boolean poison();

    /** A registry answered that it has no schema of this id. */
    public static final class UnknownSchema extends RegistryException {
        UnknownSchema(String message) {
            super(message, null);
        }

        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean poison() {
            return true;
        }
    }

    /** The registry has the schema, but it is not Avro, does not parse, or refers to what is not there. */
    public static final class UnusableSchema extends RegistryException {
        UnusableSchema(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean poison() {
            return true;
        }
    }

    /** No address answered as a registry does: connection refused, timed out, 5xx, 429, or something that is no registry. */
    public static final class Unreachable extends RegistryException {
        Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return true;
        }

        @Override
        public boolean poison() {
            return false;
        }
    }

    /** The registry understood and said no: an incompatible schema (409), an invalid schema, subject or version (422). */
    public static final class Refused extends RegistryException {
        private final int status;

        Refused(int status, String message) {
            super(message, null);
            this.status = status;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }

        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean poison() {
            return false;
        }
    }

    /** 401 or 403. Heals when somebody mends the credentials or the access rules, so a stream waits. */
    public static final class AuthRefused extends RegistryException {
        AuthRefused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return true;
        }

        @Override
        public boolean poison() {
            return false;
        }
    }
}
