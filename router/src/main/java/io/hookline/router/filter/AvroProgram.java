package io.hookline.router.filter;

import io.hookline.router.filter.Scope.Elements;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How to read the fields of one plan from data of one writer schema: the schema's tree with every field that the plan does not name
 * turned into a skip. Compiled once; immutable.
 */
final class AvroProgram {
    private final Schema writer;
    private final Step step;

    private AvroProgram(Schema writer, Step step) {
        this.writer = writer;
        this.step = step;
    }

    /** Reads or skips one datum. {@code elements} collects the elements of the array the datum is in; null outside of an array. */
    interface Step {
        void run(AvroBytes in, Scope scope, @Nullable Elements elements);
    }

    static AvroProgram compile(Schema writer, FieldPlan.Node root) {
        return new AvroProgram(writer, new Compiler().read(writer, root));
    }

    Schema writer() {
        return writer;
    }

    /** Reads one datum, which must take up all of {@code in}. */
    void run(AvroBytes in, Scope scope) {
        step.run(in, scope, null);
        if (in.remaining() != 0) {
            throw new UnreadableEventException(
                    in.remaining() + " bytes after the datum of schema " + writer.getFullName());
        }
    }

    private static final class Compiler {
        private final IdentityHashMap<Schema, Step> skips = new IdentityHashMap<>();

        Step read(Schema schema, FieldPlan.Node node) {
            return switch (schema.getType()) {
                case RECORD -> node.children().isEmpty() ? skip(schema) : element(node, record(schema, node));
                case MAP -> node.children().isEmpty() ? skip(schema) : element(node, map(schema, node));
                case ARRAY -> element(node, array(schema, node));
                case UNION ->
                    union(schema.getTypes().stream()
                            .map(type -> read(type, node))
                            .toArray(Step[]::new));
                default -> node.leaf() < 0 ? skip(schema) : scalar(AvroScalar.reader(schema), node.leaf());
            };
        }

        /** Gives an object or array that is an element of an array a scope of its own. */
        private static Step element(FieldPlan.Node node, Step inner) {
            return (in, scope, elements) -> {
                in.enter();
                if (elements == null) {
                    inner.run(in, scope, null);
                } else {
                    Scope own = new Scope(node.low(), node.high());
                    inner.run(in, own, null);
                    if (!own.isEmpty()) {
                        elements.scopes.add(own);
                    }
                }
                in.leave();
            };
        }

        private static Step scalar(AvroScalar reader, int slot) {
            return (in, scope, elements) -> {
                Value value = reader.read(in);
                if (elements == null) {
                    scope.set(slot, value);
                } else {
                    scope.add(slot, value);
                }
            };
        }

        private Step record(Schema schema, FieldPlan.Node node) {
            List<Step> steps = new ArrayList<>();
            for (Schema.Field field : schema.getFields()) {
                FieldPlan.Node child = node.child(field.name());
                steps.add(child == null ? skip(field.schema()) : read(field.schema(), child));
            }
            return sequence(steps);
        }

        private static Step sequence(List<Step> steps) {
            Step[] all = steps.toArray(Step[]::new);
            return (in, scope, elements) -> {
                for (Step each : all) {
                    each.run(in, scope, null);
                }
            };
        }

        private Step map(Schema schema, FieldPlan.Node node) {
            IdentityHashMap<FieldPlan.Node, Step> readers = new IdentityHashMap<>();
            node.children().values().forEach(child -> readers.put(child, read(schema.getValueType(), child)));
            Step skip = skip(schema.getValueType());
            return (in, scope, elements) -> {
                for (long block = in.readBlock(); block != 0; block = in.readBlock()) {
                    for (long i = 0; i < block; i++) {
                        FieldPlan.Node child = node.child(in.readString());
                        if (child != null) {
                            scope.clear(child);
                        }
                        readers.getOrDefault(child, skip).run(in, scope, null);
                    }
                }
            };
        }

        private Step array(Schema schema, FieldPlan.Node node) {
            Step item = read(schema.getElementType(), node);
            return (in, scope, elements) -> {
                Elements own = new Elements(node.low(), node.high());
                for (long block = in.readBlock(); block != 0; block = in.readBlock()) {
                    for (long i = 0; i < block; i++) {
                        item.run(in, scope, own);
                    }
                }
                if (!own.scopes.isEmpty()) {
                    scope.add(own);
                }
            };
        }

        private static Step union(Step[] branches) {
            return (in, scope, elements) ->
                    branches[in.readIndex(branches.length, "union branch")].run(in, scope, elements);
        }

        private Step skip(Schema schema) {
            return switch (schema.getType()) {
                case NULL -> (in, scope, elements) -> {};
                case BOOLEAN -> (in, scope, elements) -> in.skip(1);
                case INT, LONG, ENUM -> (in, scope, elements) -> in.readLong();
                case FLOAT -> (in, scope, elements) -> in.skip(Float.BYTES);
                case DOUBLE -> (in, scope, elements) -> in.skip(Double.BYTES);
                case STRING, BYTES -> (in, scope, elements) -> in.skip(in.readLong());
                case FIXED -> {
                    int size = schema.getFixedSize();
                    yield (in, scope, elements) -> in.skip(size);
                }
                case UNION -> union(schema.getTypes().stream().map(this::skip).toArray(Step[]::new));
                case ARRAY -> skipBlocks(skip(schema.getElementType()), false);
                case MAP -> skipBlocks(skip(schema.getValueType()), true);
                case RECORD -> skipRecord(schema);
            };
        }

        private static Step skipBlocks(Step item, boolean keyed) {
            return (in, scope, elements) -> {
                in.enter();
                for (long block = in.readBlockToSkip(); block != 0; block = in.readBlockToSkip()) {
                    for (long i = 0; i < block; i++) {
                        if (keyed) {
                            in.skip(in.readLong());
                        }
                        item.run(in, scope, null);
                    }
                }
                in.leave();
            };
        }

        /** A record may contain itself: its steps are filled in after it is known. */
        private Step skipRecord(Schema schema) {
            Step known = skips.get(schema);
            if (known != null) {
                return known;
            }
            List<Step> fields = new ArrayList<>();
            Step skip = (in, scope, elements) -> {
                in.enter();
                for (Step field : fields) {
                    field.run(in, scope, null);
                }
                in.leave();
            };
            skips.put(schema, skip);
            schema.getFields().forEach(field -> fields.add(skip(field.schema())));
            return skip;
        }
    }
}
