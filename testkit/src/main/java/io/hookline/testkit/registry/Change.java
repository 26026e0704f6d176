package io.hookline.testkit.registry;

import org.jspecify.annotations.Nullable;

/** One record of the schema topic. */
sealed interface Change {

    /**
     * A version of a subject as it is from now on.
     *
     * @param deleted softly: still there for who asks for deleted ones
     * @param purged permanently: kept in the topic only so that version and id are never given to another schema
     */
    record Version(String subject, int version, int id, String schema, boolean deleted, boolean purged)
            implements Change {

        Version softlyDeleted() {
            return new Version(subject, version, id, schema, true, false);
        }

        Version permanentlyDeleted() {
            return new Version(subject, version, id, schema, true, true);
        }

        boolean visible(boolean withDeleted) {
            return !purged && (withDeleted || !deleted);
        }
    }

    /** The level of a subject, or of all without their own ({@code subject} null); {@code level} null unsets it. */
    record Level(@Nullable String subject, @Nullable Compatibility level) implements Change {}
}
