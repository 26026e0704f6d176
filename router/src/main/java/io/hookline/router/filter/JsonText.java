package io.hookline.router.filter;

/** Writes a pattern's JSON for a message. */
final class JsonText {
    private JsonText() {}

    /** Appends {@code json}, giving up once {@code text} is longer than {@code most}. */
    static void write(Json json, StringBuilder text, int most) {
        if (text.length() > most) {
            return;
        }
        if (json instanceof Json.Obj obj) {
            String before = "{";
            for (Json.Member member : obj.members()) {
                text.append(before).append(Json.quote(member.name())).append(": ");
                write(member.value(), text, most);
                before = ", ";
            }
            text.append(obj.members().isEmpty() ? "{}" : "}");
        } else if (json instanceof Json.Arr arr) {
            String before = "[";
            for (Json item : arr.items()) {
                text.append(before);
                write(item, text, most);
                before = ", ";
            }
            text.append(arr.items().isEmpty() ? "[]" : "]");
        } else if (json instanceof Json.Scalar scalar) {
            text.append(scalar.value());
        } else if (json instanceof Json.Oversized number) {
            text.append(number.text());
        }
    }
}
