package io.hookline.prove.check;

/**
 * One broken promise.
 *
 * @param webhookId the delivery it is about; empty where it is about none
 */
public record Problem(Kind kind, String webhookId, String text) {

    /** Which promise. */
    public enum Kind {
        /** A delivery that was neither accepted nor dead-lettered, or an acknowledged event that is gone. */
        LOST,
        /** A request or a routing that should not be. */
        MISROUTED,
        /** A first success before that of an earlier event. */
        REORDERED,
        /** A repetition that no crash and no move explains, or a request without a record that none explains. */
        UNEXPLAINED,
        /** A signature that does not verify. */
        BAD_SIGNATURE,
        /** Attempts that are not numbered 1, 2, 3 with one end, or speak of a request that was never made. */
        ATTEMPTS_WRONG,
        /** An event that was routed to a subscription more than once, or was stored more than once. */
        ROUTED_TWICE,
        /** Something that the pipeline says it could not read or route: the workload holds no such thing. */
        PIPELINE_DEAD
    }
}
