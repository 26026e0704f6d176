package io.hookline.ops.dead;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a dead letter by where it is: {@code 3-1042} is offset 1042 of partition 3 of topic {@code deliveries.dead}.
 *
 * @param partition at least 0
 * @param offset at least 0
 */
public record DeadLetterId(int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,18})");

    /** @throws IllegalArgumentException where the text is not of this form */
    public static DeadLetterId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not the id of a dead letter: PARTITION-OFFSET is expected, such as 3-1042; see 'hookline dead list'.");
        }
        return new DeadLetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
