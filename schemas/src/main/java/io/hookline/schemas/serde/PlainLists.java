package io.hookline.schemas.serde;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Replaces, in a record that was read, Avro's own lists where they are broken: {@code equals} and {@code hashCode} of
 * {@code GenericData.Array} (1.12.2) do not know logical types, so that a list of records with an optional time throws "Unknown datum
 * type java.time.Instant" as soon as two of them are compared.
 */
final class PlainLists {
    private final List<Integer> positions;

    private PlainLists(List<Integer> positions) {
        this.positions = positions;
    }

    /** What is to be done in records of one schema; mostly nothing. */
    static PlainLists of(Schema schema) {
        return new PlainLists(schema.getFields().stream()
                .filter(field -> field.schema().getType() == Schema.Type.ARRAY)
                .filter(field -> hasOptionalLogicalType(field.schema().getElementType()))
                .map(Schema.Field::pos)
                .toList());
    }

    void in(SpecificRecord record) {
        for (int position : positions) {
            if (record.get(position) instanceof Collection<?> list) {
                record.put(position, new ArrayList<>(list));
            }
        }
    }

    /** Whether a record holds a union with a logical type; records are not recursive here. */
    private static boolean hasOptionalLogicalType(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                        .anyMatch(branch -> branch.getLogicalType() != null || hasOptionalLogicalType(branch));
            case RECORD -> schema.getFields().stream().anyMatch(field -> hasOptionalLogicalType(field.schema()));
            case ARRAY -> hasOptionalLogicalType(schema.getElementType());
            case MAP -> hasOptionalLogicalType(schema.getValueType());
            default -> false;
        };
    }
}
