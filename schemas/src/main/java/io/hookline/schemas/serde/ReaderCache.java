package io.hookline.schemas.serde;

import io.hookline.schemas.registry.SchemaRegistryClient;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The readers of one target, by the id of the schema a value was written with; at most {@code READERS_MAX}, then begun anew. */
final class ReaderCache<T> {
    static final int READERS_MAX = 1_000;

    /** Makes the reader for one schema. */
    interface Factory<T> {
        ValueReader<T> reader(int schemaId, Schema writer);
    }

    private final SchemaRegistryClient registry;
    private final Factory<T> factory;
    private final ConcurrentMap<Integer, ValueReader<T>> readers = new ConcurrentHashMap<>();
    private volatile @Nullable ValueReader<T> last;

    ReaderCache(SchemaRegistryClient registry, Factory<T> factory) {
        this.registry = registry;
        this.factory = factory;
    }

    /** The value, or the id whose schema is missing. Never blocks. */
    Decoded<T> decode(byte[] bytes, int offset, int length) {
        int id = WireFormat.schemaId(bytes, offset, length);
        ValueReader<T> reader = known(id);
        return reader == null
                ? new Decoded.NeedsSchema<>(id)
                : new Decoded.Value<>(reader.read(bytes, offset, length), id);
    }

    /** The reader for an id. Blocks where its schema has to be asked for. */
    ValueReader<T> reader(int id) {
        ValueReader<T> reader = known(id);
        return reader == null ? keep(id, registry.byId(id)) : reader;
    }

    private @Nullable ValueReader<T> known(int id) {
        ValueReader<T> recent = last;
        if (recent != null && recent.schemaId() == id) {
            return recent;
        }
        ValueReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = registry.cached(id).map(schema -> keep(id, schema)).orElse(null);
        }
        if (reader != null) {
            last = reader;
        }
        return reader;
    }

    private ValueReader<T> keep(int id, Schema schema) {
        if (readers.size() >= READERS_MAX) {
            readers.clear();
        }
        return readers.computeIfAbsent(id, absent -> factory.reader(absent, schema));
    }
}
