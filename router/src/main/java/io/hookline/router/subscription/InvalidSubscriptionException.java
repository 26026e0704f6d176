package io.hookline.router.subscription;

/** A record of the subscriptions topic that cannot become a route. */
final class InvalidSubscriptionException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSubscriptionException(String reason) {
        super(reason);
    }
}
