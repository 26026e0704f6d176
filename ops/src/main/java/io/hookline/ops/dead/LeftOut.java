package io.hookline.ops.dead;

/**
 * Dead letters of one subscription that were not replayed, because nothing would be sent to it.
 *
 * @param detail what there is to say about the cause for people; may be empty
 * @param count how many
 */
public record LeftOut(String subscription, Cause cause, String detail, long count) {
    /** Why nothing would be sent. */
    public enum Cause {
        DELETED,
        PAUSED,
        DISABLED
    }

    LeftOut plusOne() {
        return new LeftOut(subscription, cause, detail, count + 1);
    }
}
