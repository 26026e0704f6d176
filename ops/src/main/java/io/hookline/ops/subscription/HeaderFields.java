package io.hookline.ops.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.avro.Subscription;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field {@code headers}: static HTTP headers, which may neither forge what Hookline says nor break the message apart. */
final class HeaderFields {
    private static final int HEADERS_MAX = 50;
    private static final int NAME_MAX = 100;
    private static final int VALUE_MAX = 4_096;

    /** RFC 9110 token. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1," + NAME_MAX + "}");

    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e\\t]*");

    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "user-agent");

    private HeaderFields() {}

    static void read(Value value, Draft draft) {
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        value.entries(HEADERS_MAX).forEach((name, given) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                given.refuseSecret("'" + name.replaceAll("\\p{Cntrl}", "?")
                        + "' is not a header name: letters, digits and !#$%&'*+-.^_`|~ are accepted, at most "
                        + NAME_MAX + ".");
            } else if (isReserved(lower)) {
                given.refuseSecret(
                        "header '" + name + "' is set by Hookline itself and cannot be set here: remove it.");
            } else if (!seen.add(lower)) {
                given.refuseSecret("header '" + name + "' is given twice, in another case: keep one.");
            } else {
                readValue(name, given, headers, draft);
            }
        });
        draft.record.setHeaders(headers);
    }

    private static void readValue(String name, Value given, Map<String, String> headers, Draft draft) {
        JsonNode node = given.node();
        if (!node.isTextual()) {
            given.refuseSecret("the value of a header is text: put it into quotes.");
        } else if (node.textValue().length() > VALUE_MAX
                || !TEXT.matcher(node.textValue()).matches()) {
            given.refuseSecret(
                    "the value of a header is at most " + VALUE_MAX
                            + " visible ASCII characters in one line; there is another character, a line break, or too much of it.");
        } else if (node.textValue().equals(Masks.HIDDEN)) {
            draft.keptHeaders.add(name);
        } else {
            headers.put(name, node.textValue());
        }
    }

    static @Nullable JsonNode write(Subscription subscription, boolean showSecrets) {
        if (subscription.getHeaders().isEmpty()
                && subscription.getSealedHeaders().isEmpty()) {
            return null;
        }
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        Map<String, String> shown = new TreeMap<>();
        subscription.getSealedHeaders().keySet().forEach(name -> shown.put(name, Masks.HIDDEN));
        subscription
                .getHeaders()
                .forEach((name, value) -> shown.put(name, showSecrets || !Masks.hides(name) ? value : Masks.HIDDEN));
        shown.forEach(headers::put);
        return headers;
    }

    private static boolean isReserved(String lower) {
        return RESERVED.contains(lower) || lower.startsWith("webhook-") || lower.startsWith("proxy-");
    }
}
