package io.hookline.ops.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes for people: the text where they are UTF-8 without control characters (a terminal would obey those), else hexadecimal digits.
 *
 * @param text null where they are not text
 * @param hex two digits a byte, always
 */
public record BytesText(@Nullable String text, String hex) {
    /** All bytes that remain in the buffer, which is not changed. */
    public static BytesText of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return new BytesText(text(bytes), HexFormat.of().formatHex(bytes));
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
                    ? null
                    : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Puts {@code name}, or {@code nameHex}, into a JSON object. */
    public void put(Map<String, @Nullable Object> json, String name) {
        if (text != null) {
            json.put(name, text);
        } else {
            json.put(name + "Hex", hex);
        }
    }

    /** At most so many characters, with how much more there is. */
    public String shortened(int charactersMax) {
        String all = text == null ? "(hex) " + hex : text;
        return all.length() <= charactersMax
                ? all
                : all.substring(0, charactersMax) + "… (" + (all.length() - charactersMax)
                        + " more characters; --json prints all)";
    }
}
