package io.hookline.producer.listener;

import com.fasterxml.jackson.databind.JsonNode;
import io.hookline.producer.EventProducer;
import io.hookline.schemas.config.InvalidSettingsException;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.topic.TopicNames;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Registers handlers of event types inside a platform service, and starts them.
 *
 * <pre>{@code
 * EventListener listener = Listeners.create(settings)
 *         .listen("user_register", UserRegister.class, (user, event) -> welcome(user))
 *         .start();
 * }</pre>
 *
 * <p>All instances of a service share its events; every service gets all events. What a handler returns is published as an event of type
 * {@code user_register.result}, exactly once for each event (as readers of committed events see it), with the same ordering key, tenant and
 * trace, and with headers that lead back ({@link ChainHeaders}). Results do not have results: a handler cannot be registered for them, only
 * an observer.
 *
 * <p>Not thread-safe: register on one thread, then start.
 */
public final class Listeners {
    private final ListenerSettings settings;
    private final Map<String, Registration<?>> byType = new LinkedHashMap<>();
    private Consumer<ListenerProblem> onProblem = problem -> {};

    private Listeners(ListenerSettings settings) {
        this.settings = settings;
    }

    /**
     * @param settings {@code listener.service}, {@code bootstrap.servers}, for Avro {@code schema.registry.url}, and any setting of {@link
     *     ListenerSettings}, of Kafka's clients or of the {@code value.serializer}
     * @throws InvalidSettingsException listing everything that is wrong with the settings
     */
    public static Listeners create(Map<?, ?> settings) {
        return new Listeners(ListenerSettings.of(settings));
    }

    /** Registers a handler that takes the data as JSON, whether it was sent as JSON or as Avro. */
    public Listeners listen(String type, EventHandler<JsonNode> handler) {
        return listen(type, JsonNode.class, handler);
    }

    /**
     * Registers a handler.
     *
     * @param type event type, exactly
     * @param as {@code JsonNode}, {@code GenericRecord} or a generated Avro class
     * @throws IllegalArgumentException if the type cannot have a handler here, or the class cannot be had
     */
    public <T> Listeners listen(String type, Class<T> as, EventHandler<T> handler) {
        if (ChainHeaders.isResultType(type)) {
            throw new IllegalArgumentException(
                    "'" + type + "' is the type of results, and results have no results, so that no"
                            + " loop can come about. To see them without answering, use observe.");
        }
        if (type.isEmpty() || !TopicNames.isEventType(ChainHeaders.resultType(type))) {
            throw new IllegalArgumentException(
                    "Event type '" + type + "' cannot have results: with '" + ChainHeaders.RESULT
                            + "' after it, it must be 1 to " + TopicNames.TYPE_LENGTH_MAX + " of A-Z a-z 0-9 . _ -");
        }
        register(new Registration<>(type, as, handler, true));
        return this;
    }

    /** As {@link #observe(String, Class, EventObserver)}, with the data as JSON. */
    public Listeners observe(String type, EventObserver<JsonNode> observer) {
        return observe(type, JsonNode.class, observer);
    }

    /**
     * Registers a handler that has no result. The only way to get results of other services' listeners ({@code user_register.result}).
     *
     * @throws IllegalArgumentException if the type cannot have an observer here, or the class cannot be had
     */
    public <T> Listeners observe(String type, Class<T> as, EventObserver<T> observer) {
        if (!TopicNames.isEventType(type)) {
            throw new IllegalArgumentException("Event type '" + type + "' is none: 1 to " + TopicNames.TYPE_LENGTH_MAX
                    + " of A-Z a-z 0-9 . _ - are allowed.");
        }
        register(new Registration<>(
                type,
                as,
                (data, event) -> {
                    observer.observe(data, event);
                    return null;
                },
                false));
        return this;
    }

    /** Tells of problems, on a listener's thread, besides the log. */
    public Listeners onProblem(Consumer<ListenerProblem> callback) {
        onProblem = callback;
        return this;
    }

    private void register(Registration<?> registration) {
        String type = registration.type();
        if (!EventDecoder.isSupported(registration.as())) {
            throw new IllegalArgumentException("Events cannot be had as "
                    + registration.as().getName() + ": choose JsonNode, GenericRecord or a class that Avro generated.");
        }
        if (registration.as() != JsonNode.class && !settings.hasRegistry()) {
            throw new IllegalArgumentException(
                    "To have '" + type + "' as " + registration.as().getName() + " the setting " + RegistrySettings.URL
                            + " is needed, such as http://localhost:8081.");
        }
        if (byType.putIfAbsent(type, registration) != null) {
            throw new IllegalArgumentException("'" + type + "' has a handler already: do both in one.");
        }
    }

    /**
     * Makes sure that all topics exist (or creates them, see {@code producer.create.topics}), then starts handling.
     *
     * @throws InvalidSettingsException if the settings do not go with each other or with the registrations
     * @throws IllegalArgumentException if the service would get results of its own
     * @throws io.hookline.producer.EmitException if a topic is missing or Kafka does not answer
     */
    public EventListener start() {
        checkRegistrations();
        Map<String, Registration<?>> byTopic = new HashMap<>();
        try (EventProducer producer = EventProducer.create(settings.producer())) {
            for (Registration<?> registration : byType.values()) {
                byTopic.put(producer.requireTopic(registration.type()), registration);
                if (registration.publishes()) {
                    producer.requireTopic(ChainHeaders.resultType(registration.type()));
                }
            }
        }
        Optional<SchemaRegistryClient> registry = settings.hasRegistry() ? Optional.of(registry()) : Optional.empty();
        Reporter reporter = new Reporter(onProblem);
        Processor processor = new Processor(settings, byTopic, new EventDecoder(registry), reporter);
        EventListener listener = new EventListener(settings.service(), reporter, registry);
        listener.start(
                settings.threads(),
                thread -> new ListenerLoop(
                        settings,
                        () -> session(thread, byTopic, processor, listener),
                        listener.stop(),
                        listener::halt));
        return listener;
    }

    private void checkRegistrations() {
        List<String> problems = new ArrayList<>();
        if (byType.isEmpty()) {
            throw new IllegalArgumentException("There is no handler: register one with listen or observe.");
        }
        byType.forEach((type, registration) -> {
            if (registration.publishes() && byType.containsKey(ChainHeaders.resultType(type))) {
                throw new IllegalArgumentException("Service '" + settings.service() + "' listens to '" + type
                        + "' and would get its own results, '" + ChainHeaders.resultType(type)
                        + "': leave that one out.");
            }
            if (!registration.publishes() && settings.onExhausted() == OnExhausted.PUBLISH_ERROR) {
                problems.add(ListenerSettings.ON_EXHAUSTED + " is publish-error, but the observer of '" + type
                        + "' publishes nothing: choose halt or skip.");
            }
        });
        try {
            new AbstractConfig(ConsumerConfig.configDef(), settings.consumer(0), false);
        } catch (ConfigException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private SchemaRegistryClient registry() {
        try {
            return SchemaRegistryClient.create(settings.registry());
        } catch (ConfigException e) {
            throw new InvalidSettingsException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private Session session(
            int thread, Map<String, Registration<?>> byTopic, Processor processor, EventListener listener) {
        EventProducer producer = byType.values().stream().anyMatch(Registration::publishes)
                ? EventProducer.create(
                        settings.transactionalProducer(UUID.randomUUID().toString()))
                : null;
        KafkaConsumer<byte[], byte[]> consumer;
        try {
            consumer = new KafkaConsumer<>(settings.consumer(thread));
        } catch (KafkaException e) {
            close(producer);
            throw e;
        }
        Session session =
                new Session(consumer, producer, processor, InstantSource.system(), () -> !listener.isRunning());
        session.subscribe(byTopic.keySet());
        return session;
    }

    private static void close(@Nullable EventProducer producer) {
        if (producer != null) {
            producer.close();
        }
    }
}
