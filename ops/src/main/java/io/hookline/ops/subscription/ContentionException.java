package io.hookline.ops.subscription;

/** Others wrote subscriptions in every moment in which this one tried. Nothing of the operation is written. */
public final class ContentionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContentionException(String lock, int attempts, Throwable last) {
        super(
                "Subscriptions could not be written in " + attempts
                        + " attempts: others write them at the same time (transactional id '" + lock + "': "
                        + last.getMessage() + "). Try again.",
                last);
    }
}
