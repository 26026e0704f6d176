package io.hookline.producer.listener;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hookline.schemas.JsonFault;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.RegistrySettings;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.serde.AvroJson;
import io.hookline.schemas.serde.GenericAvro;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event's bytes into what its handler takes. Avro comes as a generated class, a {@code GenericRecord} with Java's logical types, or
 * the JSON a webhook would carry; JSON comes as a {@code JsonNode}. Thread-safe; blocks while a schema is fetched for the first time.
 */
final class EventDecoder {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final @Nullable SchemaRegistryClient registry;
    private final @Nullable GenericAvro converting;
    private final @Nullable GenericAvro raw;
    private final Map<Class<?>, RecordCodec<?>> codecs = new ConcurrentHashMap<>();

    /** @param registry empty: only JSON can be decoded */
    EventDecoder(Optional<SchemaRegistryClient> registry) {
        this.registry = registry.orElse(null);
        this.converting = registry.map(GenericAvro::converting).orElse(null);
        this.raw = registry.map(GenericAvro::raw).orElse(null);
    }

    /** Whether a handler can take events as this class. */
    static boolean isSupported(Class<?> as) {
        return as == JsonNode.class || as == GenericRecord.class || isGenerated(as);
    }

    /**
     * @throws UnusableEventException if the bytes will never be what the handler takes
     * @throws RegistryException if the registry does not answer; try again
     */
    <T> T decode(Class<T> as, ReceivedEvent event, byte @Nullable [] value) {
        if (value == null) {
            throw new UnusableEventException("it has no data (a tombstone)", null);
        }
        try {
            return as.cast(event.attributes().isJson() ? json(as, value) : avro(as, value));
        } catch (UndecodableException e) {
            throw new UnusableEventException(String.valueOf(e.getMessage()), e);
        } catch (RegistryException e) {
            if (e.poison()) {
                throw new UnusableEventException(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private static Object json(Class<?> as, byte[] value) {
        if (as != JsonNode.class) {
            throw new UnusableEventException(
                    "it is JSON, and its handler takes " + as.getName() + ": register the handler with JsonNode.class",
                    null);
        }
        try {
            return tree(value);
        } catch (JsonProcessingException e) {
            throw new UnusableEventException("it is not JSON" + JsonFault.of(e).atAndWhat(), e);
        } catch (IOException e) {
            throw new UnusableEventException("it is not JSON: " + e.getMessage(), e);
        }
    }

    private Object avro(Class<?> as, byte[] value) {
        SchemaRegistryClient client = registry;
        if (client == null || converting == null || raw == null) {
            throw new UnusableEventException(
                    "it is not JSON (content-type: application/json), and to read Avro the setting "
                            + RegistrySettings.URL + " is needed",
                    null);
        }
        if (as == GenericRecord.class) {
            return converting.decodeBlocking(value);
        }
        return as == JsonNode.class
                ? asJson(raw.decodeBlocking(value))
                : codec(as, client).decodeBlocking(value);
    }

    private RecordCodec<?> codec(Class<?> as, SchemaRegistryClient client) {
        return codecs.computeIfAbsent(as, type -> RecordCodec.of(type.asSubclass(SpecificRecord.class), client));
    }

    private static JsonNode asJson(GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            AvroJson.write(record, record.getSchema(), out);
        } catch (IOException e) {
            throw new UnusableEventException("its Avro data has no JSON form: " + e.getMessage(), e);
        }
        try {
            return tree(bytes.toByteArray());
        } catch (IOException e) {
            throw new UnusableEventException("its Avro data has no JSON form: " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(byte[] json) throws IOException {
        JsonNode tree = MAPPER.readTree(json);
        if (tree == null || tree.isMissingNode()) {
            throw new UnusableEventException("it is empty; JSON was expected", null);
        }
        return tree;
    }

    private static boolean isGenerated(Class<?> as) {
        return SpecificRecord.class.isAssignableFrom(as) && as != SpecificRecord.class && !as.isInterface();
    }
}
