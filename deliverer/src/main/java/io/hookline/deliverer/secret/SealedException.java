package io.hookline.deliverer.secret;

/** A secret that the keyset at hand does not open. Nothing is wrong with the subscription: with the right keyset it can be used. */
public final class SealedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SealedException(String message) {
        super(message);
    }
}
