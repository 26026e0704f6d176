package io.hookline.ops.pipeline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a record of topic {@code pipeline.dead} by where it is.
 *
 * @param partition at least 0
 * @param offset at least 0
 */
public record PipelineDeadId(int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})[-:](\\d{1,18})");

    /**
     * Reads {@code 0-17} or {@code 0:17}.
     *
     * @throws IllegalArgumentException where the text is not of this form
     */
    public static PipelineDeadId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' does not name a record of pipeline.dead: PARTITION-OFFSET is expected, such as 0-17;"
                    + " see 'hookline pipeline list'.");
        }
        return new PipelineDeadId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
