package io.hookline.schemas.topic;

import io.hookline.schemas.PlainText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of all topics, consumer groups and transactional ids of one installation.
 *
 * @param prefix put before every name, empty by default; lets several installations share a cluster. Kafka's name rules apply, and
 *     {@code events.} must not be part of it
 */
public record TopicNames(String prefix) {
    /** Longest event type, so that every topic name stays within Kafka's 249 characters. */
    public static final int TYPE_LENGTH_MAX = 180;

    /** Longest prefix. */
    public static final int PREFIX_LENGTH_MAX = 40;

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0," + PREFIX_LENGTH_MAX + "}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1," + TYPE_LENGTH_MAX + "}");
    private static final String EVENTS = "events.";

    /** Named like an event type, so that events of the pipeline's own go the way of all events. */
    private static final String OPERATIONS = "hookline";

    /** Without a prefix. */
    public static final TopicNames DEFAULT = new TopicNames("");

    public TopicNames {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("Topic prefix '" + PlainText.oneLine(prefix, 100)
                    + "' is not usable: at most " + PREFIX_LENGTH_MAX + " of A-Z a-z 0-9 . _ - are allowed.");
        }
        if (prefix.contains(EVENTS)) {
            throw new IllegalArgumentException("Topic prefix '" + prefix + "' is not usable: it contains '" + EVENTS
                    + "', so another installation's router would take this one's topics for events. Choose another.");
        }
    }

    /** Whether a text can be an event type: 1 to {@value #TYPE_LENGTH_MAX} of {@code A-Z a-z 0-9 . _ -}. */
    public static boolean isEventType(String type) {
        return TYPE.matcher(type).matches();
    }

    /** Topic of an event type. */
    public String events(String type) {
        if (!isEventType(type)) {
            throw new IllegalArgumentException("Event type '" + PlainText.oneLine(type, 100)
                    + "' cannot name a topic: 1 to " + TYPE_LENGTH_MAX + " of A-Z a-z 0-9 . _ - are allowed.");
        }
        if (type.equals(OPERATIONS)) {
            throw new IllegalArgumentException("Event type '" + type + "' is Hookline's own: choose another.");
        }
        return prefix + EVENTS + type;
    }

    /** Topic of the events that the pipeline itself emits, whose types are {@link io.hookline.schemas.event.OperationalEvents}. */
    public String operations() {
        return prefix + EVENTS + OPERATIONS;
    }

    /** Matches exactly the names for which {@link #eventType} knows a type. */
    public Pattern eventsPattern() {
        return Pattern.compile(Pattern.quote(prefix + EVENTS) + ".+");
    }

    /** The event type that an event topic is named for, or empty for another topic. */
    public Optional<String> eventType(String topic) {
        String start = prefix + EVENTS;
        return topic.startsWith(start) && topic.length() > start.length()
                ? Optional.of(topic.substring(start.length()))
                : Optional.empty();
    }

    public String subscriptions() {
        return prefix + "subscriptions";
    }

    public String deliveries() {
        return prefix + "deliveries";
    }

    public String deliveriesReplay() {
        return prefix + "deliveries.replay";
    }

    public String deliveriesRetry(RetryTier tier) {
        return prefix + "deliveries.retry." + tier.label();
    }

    public String deliveriesDead() {
        return prefix + "deliveries.dead";
    }

    public String deliveriesDeadMarks() {
        return prefix + "deliveries.dead.marks";
    }

    public String pipelineDead() {
        return prefix + "pipeline.dead";
    }

    public String attempts() {
        return prefix + "attempts";
    }

    public String delivererState() {
        return prefix + "deliverer.state";
    }

    public String control() {
        return prefix + "control";
    }

    public String instances() {
        return prefix + "instances";
    }

    public String replays() {
        return prefix + "replays";
    }

    /** {@code application.id} of the router: its consumer group and the prefix of its transactional ids. */
    public String routerGroup() {
        return prefix + "hookline.router";
    }

    /** Consumer group of the deliverers, and the prefix of their transactional ids. */
    public String delivererGroup() {
        return prefix + "hookline.deliverer";
    }
}
