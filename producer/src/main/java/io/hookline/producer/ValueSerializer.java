package io.hookline.producer;

import io.hookline.producer.EmitException.Reason;
import io.hookline.schemas.config.InvalidSettingsException;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.serde.AvroSerializer;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The {@code value.serializer}: Hookline's, or the one that was chosen. Thread-safe as far as that one is. */
final class ValueSerializer implements AutoCloseable {
    private final @Nullable Serializer<Object> serializer;

    private ValueSerializer(@Nullable Serializer<Object> serializer) {
        this.serializer = serializer;
    }

    /**
     * Without a choice and without a registry there is none: JSON can be emitted, Avro is refused.
     *
     * @throws InvalidSettingsException if the chosen class cannot be used with these settings
     */
    static ValueSerializer of(ProducerSettings settings) {
        String chosen = settings.serializerClass().orElse(AvroSerializer.class.getName());
        if (chosen.equals(AvroSerializer.class.getName()) && !settings.hasRegistry()) {
            return new ValueSerializer(null);
        }
        try {
            Serializer<Object> serializer = newInstance(chosen);
            serializer.configure(settings.serializer(), false);
            return new ValueSerializer(serializer);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new InvalidSettingsException(List.of(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG + " " + chosen
                    + " cannot be used: " + Failures.text(e)));
        }
    }

    @SuppressWarnings("unchecked")
    private static Serializer<Object> newInstance(String type) throws ClassNotFoundException {
        return (Serializer<Object>) Utils.newInstance(type, Serializer.class);
    }

    /** Blocks while a schema is registered for the first time. */
    byte[] serialize(String type, String topic, Headers headers, IndexedRecord record) {
        if (serializer == null) {
            throw new InvalidEventException("Event of type '" + type + "' is an Avro record, which needs the setting "
                    + RegistrySettings.URL + ", such as http://localhost:8081 (JSON events need none).");
        }
        byte[] bytes;
        try {
            bytes = serializer.serialize(topic, headers, record);
        } catch (RuntimeException e) {
            throw translated(type, record, e);
        }
        if (bytes == null) {
            throw new EmitException(
                    Reason.SERIALIZER,
                    "Event of type '" + type + "' was serialised to nothing by " + name(serializer) + ".",
                    null);
        }
        return bytes;
    }

    private EmitException translated(String type, IndexedRecord record, RuntimeException e) {
        Reason reason = e instanceof RegistryException || e.getCause() instanceof RegistryException
                ? Reason.REGISTRY
                : Reason.SERIALIZER;
        return new EmitException(
                reason,
                "Event of type '" + type + "' (" + record.getSchema().getFullName() + ") was not serialised by "
                        + name(serializer) + ": " + Failures.text(e),
                e);
    }

    private static String name(@Nullable Object serializer) {
        return serializer == null ? "" : serializer.getClass().getName();
    }

    @Override
    public void close() {
        if (serializer != null) {
            serializer.close();
        }
    }
}
