package io.hookline.schemas;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** The text form of {@link ShyRecord}: bounded, and without anything that has to stay secret. */
final class RecordText {
    /** Property of a schema field whose value is shown as asterisks; of a map, whose values are. */
    static final String SENSITIVE = "sensitive";

    private static final int STRING_CHARS_MAX = 200;
    private static final int ITEMS_MAX = 20;
    private static final String MASK = "***";

    private final StringBuilder out = new StringBuilder();

    private RecordText() {}

    static String of(IndexedRecord value) {
        RecordText text = new RecordText();
        text.record(value);
        return text.out.toString();
    }

    private void record(IndexedRecord value) {
        String separator = value.getSchema().getName() + "{";
        for (Schema.Field field : value.getSchema().getFields()) {
            out.append(separator).append(field.name()).append('=');
            value(value.get(field.pos()), Boolean.TRUE.equals(field.getObjectProp(SENSITIVE)));
            separator = ", ";
        }
        out.append('}');
    }

    private void value(@Nullable Object value, boolean sensitive) {
        if (value instanceof IndexedRecord inner) {
            record(inner);
        } else if (value instanceof Map<?, ?> map) {
            entries(map, sensitive);
        } else if (value instanceof Collection<?> items) {
            items(items, sensitive);
        } else if (value == null) {
            out.append("null");
        } else if (sensitive) {
            out.append(MASK);
        } else if (value instanceof ByteBuffer bytes) {
            out.append('<').append(bytes.remaining()).append(" bytes>");
        } else {
            scalar(value.toString());
        }
    }

    private void entries(Map<?, ?> map, boolean sensitive) {
        String separator = "";
        int left = ITEMS_MAX;
        out.append('{');
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            if (left-- == 0) {
                out.append("... ").append(map.size()).append(" in all");
                break;
            }
            scalar(String.valueOf(entry.getKey()));
            out.append('=');
            value(entry.getValue(), sensitive);
            separator = ", ";
        }
        out.append('}');
    }

    private void items(Collection<?> items, boolean sensitive) {
        String separator = "";
        out.append('[');
        Iterator<?> each = items.iterator();
        for (int left = ITEMS_MAX; each.hasNext(); left--) {
            out.append(separator);
            if (left == 0) {
                out.append("... ").append(items.size()).append(" in all");
                break;
            }
            value(each.next(), sensitive);
            separator = ", ";
        }
        out.append(']');
    }

    private void scalar(String text) {
        out.append(PlainText.oneLine(text, STRING_CHARS_MAX));
    }
}
