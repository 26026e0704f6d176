package io.hookline.producer.listener;

/** What happens when a handler has failed for good; the values of {@code listener.on.exhausted}. */
enum OnExhausted {
    HALT,
    PUBLISH_ERROR,
    SKIP;

    static OnExhausted of(String text) {
        return switch (text) {
            case "publish-error" -> PUBLISH_ERROR;
            case "skip" -> SKIP;
            default -> HALT;
        };
    }
}
