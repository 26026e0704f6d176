package io.hookline.ops.subscription;

import io.hookline.avro.Subscription;
import org.jspecify.annotations.Nullable;

/** What a change comes to, given what is stored. */
sealed interface Decision {
    /**
     * Write this.
     *
     * @param newSecret a signing secret made for it, to be shown once
     */
    record Put(Subscription next, @Nullable String newSecret) implements Decision {}

    /** Delete it. */
    record Remove() implements Decision {}

    /**
     * It is already so.
     *
     * @param newSecret a signing secret that this change made in an attempt whose success is only now known
     */
    record Keep(@Nullable String newSecret) implements Decision {}

    /** There is nothing of that id to change. */
    record Missing() implements Decision {}

    /** It cannot be done as things are. */
    record Refuse(String why) implements Decision {}
}
