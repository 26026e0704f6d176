package io.hookline.ops.dead;

/** Another replay began on the same partition. What was committed before stays replayed and marked; the rest was not replayed by this one. */
public final class ReplayTakenOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayTakenOverException(int partition, long replayed, Throwable cause) {
        super(
                "Another replay took over partition " + partition + " after " + replayed
                        + " dead letters of this one. They are marked and will not be replayed again; run the command again for the rest.",
                cause);
    }
}
