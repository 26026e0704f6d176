package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Checkpoint;
import io.hookline.avro.Command;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadMark;
import io.hookline.avro.Delivery;
import io.hookline.avro.Instance;
import io.hookline.avro.Retry;
import io.hookline.avro.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainListsTest {
    static List<Schema> records() {
        return List.of(
                Checkpoint.getClassSchema(),
                Command.getClassSchema(),
                DeadLetter.getClassSchema(),
                DeadMark.getClassSchema(),
                Delivery.getClassSchema(),
                Instance.getClassSchema(),
                Retry.getClassSchema(),
                Subscription.getClassSchema());
    }

    /** Only lists that are fields of the record itself are replaced: a list further inside must not need it. */
    @ParameterizedTest
    @MethodSource("records")
    void shouldReachEveryListThatNeedsIt(Schema schema) {
        List<String> deeper = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Schema type = field.schema();
            search(type.getType() == Schema.Type.ARRAY ? type.getElementType() : type, field.name(), deeper);
        }
        assertThat(deeper).isEmpty();
    }

    private static void search(Schema schema, String where, List<String> found) {
        switch (schema.getType()) {
            case ARRAY -> {
                List<Boolean> optionalTime = new ArrayList<>();
                hasOptionalTime(schema.getElementType(), optionalTime);
                if (!optionalTime.isEmpty()) {
                    found.add(where);
                }
                search(schema.getElementType(), where + "[]", found);
            }
            case MAP -> search(schema.getValueType(), where + "{}", found);
            case UNION -> schema.getTypes().forEach(branch -> search(branch, where, found));
            case RECORD -> schema.getFields().forEach(f -> search(f.schema(), where + "." + f.name(), found));
            default -> {}
        }
    }

    private static void hasOptionalTime(Schema schema, List<Boolean> found) {
        switch (schema.getType()) {
            case ARRAY -> hasOptionalTime(schema.getElementType(), found);
            case MAP -> hasOptionalTime(schema.getValueType(), found);
            case UNION -> {
                schema.getTypes().stream()
                        .filter(t -> t.getLogicalType() != null)
                        .forEach(t -> found.add(true));
                schema.getTypes().forEach(branch -> hasOptionalTime(branch, found));
            }
            case RECORD -> schema.getFields().forEach(field -> hasOptionalTime(field.schema(), found));
            default -> {}
        }
    }
}
