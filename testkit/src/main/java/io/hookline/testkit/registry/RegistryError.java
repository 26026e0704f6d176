package io.hookline.testkit.registry;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A refusal with its number in Confluent's contract; its first three digits are the HTTP status. */
final class RegistryError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;

    private RegistryError(int code, String message) {
        super(message);
        this.code = code;
    }

    private RegistryError(int code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static RegistryError http(int status, String message) {
        return new RegistryError(status, message);
    }

    static RegistryError subjectNotFound(String subject) {
        return new RegistryError(40401, "Subject '" + subject + "' not found.");
    }

    static RegistryError versionNotFound(String subject, String version) {
        return new RegistryError(40402, "Version " + version + " of subject '" + subject + "' not found.");
    }

    static RegistryError schemaNotFound(String what) {
        return new RegistryError(40403, "Schema " + what + " not found.");
    }

    static RegistryError subjectSoftDeleted(String subject) {
        return new RegistryError(
                40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete it permanently.");
    }

    static RegistryError subjectNotSoftDeleted(String subject) {
        return new RegistryError(
                40405, "Subject '" + subject + "' was not deleted first before being permanently deleted.");
    }

    static RegistryError versionSoftDeleted(String subject, int version) {
        return new RegistryError(
                40406,
                "Version " + version + " of subject '" + subject
                        + "' was soft deleted. Set permanent=true to delete it permanently.");
    }

    static RegistryError versionNotSoftDeleted(String subject, int version) {
        return new RegistryError(
                40407,
                "Version " + version + " of subject '" + subject
                        + "' was not deleted first before being permanently deleted.");
    }

    static RegistryError noSubjectLevel(String subject) {
        return new RegistryError(
                40408, "Subject '" + subject + "' does not have subject-level compatibility configured.");
    }

    static RegistryError noSubjectMode(String subject) {
        return new RegistryError(40409, "Subject '" + subject + "' does not have subject-level mode configured.");
    }

    static RegistryError incompatible(String subject, String details) {
        return new RegistryError(
                409,
                "Schema being registered is incompatible with an earlier schema for subject '" + subject
                        + "', details: " + details);
    }

    static RegistryError invalidSchema(String why) {
        return new RegistryError(42201, "Invalid schema: " + why);
    }

    static RegistryError invalidVersion(String version) {
        return new RegistryError(
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between 1 and 2^31-1 and the string \"latest\".");
    }

    static RegistryError invalidLevel(String level) {
        return new RegistryError(
                42203,
                "Invalid compatibility level '" + level + "'. Valid values are NONE, BACKWARD, FORWARD, FULL,"
                        + " BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE and FULL_TRANSITIVE.");
    }

    static RegistryError notPermitted(String what) {
        return new RegistryError(42205, what);
    }

    static RegistryError store(String what, @Nullable Throwable cause) {
        return new RegistryError(50001, "Error in the backend data store: " + what, cause);
    }

    int code() {
        return code;
    }

    int httpStatus() {
        return code < 1000 ? code : code / 100;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
