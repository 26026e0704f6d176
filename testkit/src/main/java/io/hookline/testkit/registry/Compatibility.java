package io.hookline.testkit.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Confluent's compatibility levels, judged by Avro's own rules of schema resolution. */
enum Compatibility {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsOld;
    private final boolean oldReads;
    private final boolean transitive;

    Compatibility(boolean readsOld, boolean oldReads, boolean transitive) {
        this.readsOld = readsOld;
        this.oldReads = oldReads;
        this.transitive = transitive;
    }

    /** @throws RegistryError 42203 if there is no such level */
    static Compatibility named(String name) {
        for (Compatibility level : values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        throw RegistryError.invalidLevel(name);
    }

    /** What speaks against {@code next} after {@code earlier}, oldest first; empty if it is compatible. */
    List<String> check(Schema next, List<Schema> earlier) {
        List<Schema> concerned =
                transitive || earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
        List<String> problems = new ArrayList<>();
        for (Schema old : concerned) {
            if (readsOld) {
                collect("new schema cannot read data of the old", next, old, problems);
            }
            if (oldReads) {
                collect("old schema cannot read data of the new", old, next, problems);
            }
        }
        return problems;
    }

    private static void collect(String direction, Schema reader, Schema writer, List<String> problems) {
        List<Incompatibility> found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
        for (Incompatibility incompatibility : found) {
            problems.add(direction + ": " + incompatibility.getType() + " at " + incompatibility.getLocation() + ": "
                    + incompatibility.getMessage());
        }
    }
}
