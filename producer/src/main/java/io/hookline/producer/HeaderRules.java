package io.hookline.producer;

import io.hookline.schemas.event.EventHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in an event's headers: the rules of
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0.2</a> for names and strings, and those of
 * {@link EventHeaders} for lengths, so that every reader can read what is written here.
 */
final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern EXTENSION = Pattern.compile("ce_[a-z0-9]{1,20}");
    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1);
    private static final Map<String, String> OWN = Map.of(
            EventHeaders.ID, "Event.id",
            EventHeaders.SOURCE, "Event.source",
            EventHeaders.TYPE, "Event.type",
            EventHeaders.TIME, "Event.time",
            EventHeaders.SUBJECT, "Event.subject",
            EventHeaders.TENANT, "Event.tenant",
            EventHeaders.TRACEPARENT, "Event.traceparent");
    private static final Set<String> FIXED = Set.of(
            EventHeaders.SPEC_VERSION, EventHeaders.CONTENT_TYPE, "ce_datacontenttype", "ce_dataschema", "ce_data");

    private HeaderRules() {}

    /** @throws InvalidEventException naming the first thing that is wrong, its value and what would be right */
    static void check(Event event, String type) {
        text(type, "id", event.id());
        text(type, "subject", event.subject());
        text(type, "tenant", event.tenant());
        source(type, event.source());
        time(type, event.time());
        traceparent(type, event.traceparent());
        event.headers().forEach((name, value) -> {
            name(type, name);
            text(type, "header " + name, value);
        });
    }

    /** Whether a text can be a CloudEvents source: a URI reference that is not empty. */
    static boolean isSource(String source) {
        try {
            return !new URI(source).toString().isBlank() && problem(source) == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void source(String type, @Nullable String source) {
        text(type, "source", source);
        if (source != null && !isSource(source)) {
            throw wrong(type, "source", source, "a CloudEvents source is a URI reference, such as /services/shop");
        }
    }

    private static void time(String type, @Nullable Instant time) {
        if (time != null && (time.isBefore(YEAR_1) || !time.isBefore(YEAR_10000))) {
            throw wrong(type, "time", time.toString(), "RFC 3339 has the years 0001 to 9999");
        }
    }

    private static void traceparent(String type, @Nullable String traceparent) {
        text(type, "traceparent", traceparent);
        if (traceparent != null && !TraceContext.isTraceparent(traceparent)) {
            throw wrong(
                    type,
                    "traceparent",
                    traceparent,
                    "W3C trace context is expected, such as 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        }
    }

    private static void name(String type, String name) {
        String method = OWN.get(name);
        if (method != null) {
            throw wrong(type, "header", name, "set it with " + method);
        }
        if (FIXED.contains(name)) {
            throw wrong(type, "header", name, "it is set by the producer");
        }
        if (name.startsWith("ce_")
                ? !EXTENSION.matcher(name).matches()
                : !NAME.matcher(name).matches()) {
            throw wrong(
                    type,
                    "header",
                    name,
                    "a name is 1 to 128 letters, digits or punctuation as in HTTP, and after ce_ 1 to 20 of a-z 0-9");
        }
    }

    private static void text(String type, String what, @Nullable String value) {
        String problem = value == null ? null : problem(value);
        if (value != null && problem != null) {
            throw wrong(type, what, value, problem);
        }
    }

    /** What is wrong with a value of any header; null: nothing. */
    private static @Nullable String problem(String value) {
        return isPlain(value) ? null : problemOfUnusual(value);
    }

    /** Short printable ASCII: what nearly all values are. */
    private static boolean isPlain(String value) {
        int length = value.length();
        if (length == 0 || length > EventHeaders.VALUE_BYTES_MAX || value.charAt(0) == ' ') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String problemOfUnusual(String value) {
        if (value.isBlank()) {
            return "it is blank; leave it out instead";
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            return "half a surrogate pair has no UTF-8 form";
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return "control characters are not allowed";
        }
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= EventHeaders.VALUE_BYTES_MAX
                ? null
                : "it has " + bytes + " bytes; at most " + EventHeaders.VALUE_BYTES_MAX + " are accepted";
    }

    private static InvalidEventException wrong(String type, String what, String value, String mend) {
        String shown = value.length() <= 100 ? value : value.substring(0, 100) + "...";
        return new InvalidEventException(
                "Event of type '" + type + "' has " + what + " '" + shown + "': " + mend + ".");
    }
}
