package io.hookline.producer.listener;

import org.jspecify.annotations.Nullable;

/**
 * One event type's handler.
 *
 * @param publishes whether what the handler returns is published
 * @param <T> what the data comes as
 */
record Registration<T>(String type, Class<T> as, EventHandler<T> handler, boolean publishes) {

    /** Decodes and handles. */
    @Nullable
    Object handle(EventDecoder decoder, ReceivedEvent event, byte @Nullable [] value) throws Exception {
        T data = decoder.decode(as, event, value);
        try {
            return handler.handle(data, event);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            throw new HandlerFailedException(e);
        }
    }
}
