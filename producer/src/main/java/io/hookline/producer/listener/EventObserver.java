package io.hookline.producer.listener;

/**
 * Handles events of one type without a result; otherwise as {@link EventHandler}.
 *
 * @param <T> what the data comes as
 */
@FunctionalInterface
public interface EventObserver<T> {
    void observe(T data, ReceivedEvent event) throws Exception;
}
