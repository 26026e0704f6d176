package io.hookline.ops.command;

import io.hookline.avro.DeadLetter;
import io.hookline.avro.DeadRange;
import io.hookline.avro.Delivery;
import io.hookline.ops.dead.DeadLetters.Found;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one dead letter, by name, as it is shown and exported. */
final class DeadFacts {
    private DeadFacts() {}

    static Map<String, @Nullable Object> of(Found found) {
        DeadLetter letter = found.letter();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(DeadList.json(found.row()));
        facts.put("detail", letter.getDetail());
        facts.put("firstAttemptAt", text(letter.getFirstAttemptAt()));
        facts.put("deadAt", letter.getDeadAt().toString());
        facts.put("lastAnswer", text(letter.getLastAnswer()));
        DeadRange range = letter.getRange();
        if (range != null) {
            facts.put(
                    "range",
                    range.getTopic() + "-" + range.getPartition() + " offsets " + range.getFirstOffset() + " to "
                            + range.getLastOffset());
        }
        Delivery delivery = letter.getDelivery();
        if (delivery != null) {
            facts.put(
                    "source", delivery.getTopic() + "-" + delivery.getPartition() + " offset " + delivery.getOffset());
            facts.put("recorded", delivery.getRecordedAt().toString());
        }
        return facts;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
        return value == null ? null : value.toString();
    }
}
