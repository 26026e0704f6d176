package io.hookline.ops.replay;

import io.hookline.schemas.topic.TopicNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of one partition of an event topic, as {@code order_created-3:100-200}.
 *
 * @param type event type that names the topic
 * @param partition at least 0
 * @param first first offset
 * @param last last offset, at least {@code first}
 */
public record Piece(String type, int partition, long first, long last) {
    private static final Pattern TEXT = Pattern.compile("(.+)-(\\d{1,5}):(\\d{1,18})-(\\d{1,18})");

    /** @throws IllegalArgumentException whose message says what is expected */
    public static Piece parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !TopicNames.isEventType(matcher.group(1))) {
            throw new IllegalArgumentException(
                    "TYPE-PARTITION:FIRST-LAST is expected, such as order_created-3:100-200");
        }
        long first = Long.parseLong(matcher.group(3));
        long last = Long.parseLong(matcher.group(4));
        if (last < first) {
            throw new IllegalArgumentException("the last offset, " + last + ", comes before the first, " + first);
        }
        return new Piece(matcher.group(1), Integer.parseInt(matcher.group(2)), first, last);
    }
}
