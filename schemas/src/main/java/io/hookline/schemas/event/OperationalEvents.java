package io.hookline.schemas.event;

/**
 * Types of the events that the pipeline itself emits, to the topic {@link io.hookline.schemas.topic.TopicNames#operations()}. A subscription receives
 * them that names them, or {@code endpoint.*}; one of all types, {@code *}, does not. Deliveries of them cause none.
 */
public final class OperationalEvents {
    /** What all have as their source. */
    public static final String SOURCE = "hookline";

    /** A subscription's endpoint is not tried any more until the subscription is edited or resumed. */
    public static final String ENDPOINT_DISABLED = "endpoint.disabled";

    /** An endpoint that had failed for so long that its deliveries were held back takes them again. */
    public static final String ENDPOINT_RECOVERED = "endpoint.recovered";

    /** A delivery failed as often as its schedule has it and is a dead letter now. */
    public static final String DELIVERY_EXHAUSTED = "delivery.exhausted";

    /** What waits for an endpoint will soon have waited for too long. */
    public static final String BACKLOG_EXPIRING = "backlog.expiring";

    private OperationalEvents() {}
}
