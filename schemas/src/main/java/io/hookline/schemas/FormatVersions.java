package io.hookline.schemas;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The gate between releases that run side by side: Avro lets an old reader read a new record, but cannot tell whether it would then do
 * the right thing. A record says by its field {@code formatVersion} what a reader has to understand; whoever reads a record passes it
 * through {@link #check} before acting on it.
 *
 * <p>The default in the {@code .avsc} is what this release <em>writes</em>; the table here is what it can <em>read</em>. A version is
 * raised in two releases: first here, then, when no older reader is left, there. What needs a new version and what does not is in
 * {@code docs/decisions/schema-evolution.md}. Usable from any thread.
 */
public final class FormatVersions {
    static final String FIELD = "formatVersion";

    private static final Map<String, Integer> NEWEST_READ = Map.ofEntries(
            entry("io.hookline.avro.Attempt", 1),
            entry("io.hookline.avro.Checkpoint", 1),
            entry("io.hookline.avro.Command", 1),
            entry("io.hookline.avro.DeadLetter", 1),
            entry("io.hookline.avro.DeadMark", 1),
            entry("io.hookline.avro.Delivery", 1),
            entry("io.hookline.avro.EndpointStatus", 1),
            entry("io.hookline.avro.Instance", 1),
            entry("io.hookline.avro.ParkedUnit", 1),
            entry("io.hookline.avro.PipelineDead", 1),
            entry("io.hookline.avro.Replay", 1),
            entry("io.hookline.avro.Retry", 1),
            entry("io.hookline.avro.Subscription", 1));

    private static final ClassValue<Gate> GATES = new ClassValue<>() {
        @Override
        protected Gate computeValue(Class<?> type) {
            return Gate.of(SpecificData.get().getSchema(type));
        }
    };

    private FormatVersions() {}

    /**
     * Lets a record through that this release understands, and the records inside it as well.
     *
     * @return the record
     * @throws UnsupportedFormatException where it does not. The record is not broken: it must be kept, neither skipped nor given up as
     *     unreadable, until a newer release reads it
     */
    public static <R extends SpecificRecord> R check(R record) {
        GATES.get(record.getClass()).check(record);
        return record;
    }

    /** The highest version of a record that this release reads; 0 for a record that has no versions. */
    static int newestRead(Schema schema) {
        return NEWEST_READ.getOrDefault(schema.getFullName(), 0);
    }

    /** What to look at in a record of one type; {@code versionField} is -1 where it has no version of its own. */
    private record Gate(String name, int versionField, int newest, List<Integer> inner) {
        static Gate of(Schema schema) {
            Schema.Field version = schema.getField(FIELD);
            List<Integer> inner = new ArrayList<>();
            for (Schema.Field field : schema.getFields()) {
                if (holdsVersions(field.schema())) {
                    inner.add(field.pos());
                }
            }
            int newest = newestRead(schema);
            int versionField = version == null || newest == 0 ? -1 : version.pos();
            return new Gate(schema.getFullName(), versionField, newest, List.copyOf(inner));
        }

        private static boolean holdsVersions(Schema schema) {
            return switch (schema.getType()) {
                case UNION -> schema.getTypes().stream().anyMatch(Gate::holdsVersions);
                case RECORD -> schema.getField(FIELD) != null;
                default -> false;
            };
        }

        void check(IndexedRecord record) {
            if (versionField >= 0) {
                int found = (Integer) record.get(versionField);
                if (found < 1 || found > newest) {
                    throw new UnsupportedFormatException(name, found, newest);
                }
            }
            for (int position : inner) {
                if (record.get(position) instanceof SpecificRecord nested) {
                    FormatVersions.check(nested);
                }
            }
        }
    }
}
