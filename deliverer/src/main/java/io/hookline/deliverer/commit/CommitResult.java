package io.hookline.deliverer.commit;

/** What became of a batch. */
public sealed interface CommitResult {
    Batch batch();

    /** Written, all of it. */
    record Committed(Batch batch, long tookMs) implements CommitResult {}

    /** Not written, nothing of it; to be recorded again. */
    record Aborted(Batch batch, Exception cause) implements CommitResult {}

    /** Not written, and never will be while this record is in it: it is larger than the broker takes, or otherwise refused for itself. */
    record Refused(Batch batch, Output output, Exception cause) implements CommitResult {}

    /** Written or not, nobody can tell: only what Kafka holds can be believed. */
    record InDoubt(Batch batch, Exception cause) implements CommitResult {}
}
