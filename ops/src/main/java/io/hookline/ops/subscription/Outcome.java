package io.hookline.ops.subscription;

import org.jspecify.annotations.Nullable;

/**
 * What became of one change.
 *
 * @param id subscription id
 * @param version the version stored now; 0 where nothing is
 * @param partition of topic {@code subscriptions}
 * @param offset of the record written; -1 where none was
 * @param newSecret what the receiver verifies with a signing secret that was made for it: a secret that can be shown now and never again, or a public key; or null
 * @param refusal why it was refused; null unless it was
 * @param disabled how its endpoint was disabled before: an update has enabled it, anything else has left it so; null where it was not
 */
public record Outcome(
        String id,
        Kind kind,
        long version,
        int partition,
        long offset,
        @Nullable String newSecret,
        @Nullable String refusal,
        @Nullable Disabling disabled) {

    /** What was done. */
    public enum Kind {
        CREATED,
        UPDATED,
        UNCHANGED,
        DELETED,
        MISSING,
        REFUSED
    }

    Outcome at(long writtenOffset) {
        return new Outcome(id, kind, version, partition, writtenOffset, newSecret, refusal, disabled);
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "Outcome[" + id + " " + kind + " version " + version + " at " + partition + "/" + offset + "]";
    }
}
