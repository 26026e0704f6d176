package io.hookline.producer.listener;

import org.jspecify.annotations.Nullable;

/**
 * Handles events of one type. Called on a listener's thread, for the events of one partition one after the other; several partitions may
 * be handled at once where there are several threads or instances. A call has to end within {@code max.poll.interval.ms} (5 minutes).
 *
 * <p>May be called again for an event that was handled before, if the service or Kafka fails in between: the result is published once, but
 * other effects of the handler are its own to make repeatable ({@link ReceivedEvent#id} tells).
 *
 * @param <T> what the data comes as: {@code JsonNode}, {@code GenericRecord} or a generated class
 */
@FunctionalInterface
public interface EventHandler<T> {
    /**
     * @return what to publish as the result: an Avro record, JSON (as {@link io.hookline.producer.Event} takes it), an {@code Event}
     *     that says more about it, or an {@code Optional} of these. Null or empty: nothing.
     * @throws Exception if it did not work; it is tried again later
     */
    @Nullable
    Object handle(T data, ReceivedEvent event) throws Exception;
}
