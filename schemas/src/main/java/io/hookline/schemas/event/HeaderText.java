package io.hookline.schemas.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The value of one header: UTF-8 text of bounded length, without control characters (CloudEvents 1.0.2, type system, String). */
final class HeaderText {
    private static final String NOT_TEXT = "header values are UTF-8 text.";

    private HeaderText() {}

    /** Null and empty values are the same as no header. */
    static @Nullable String decode(String name, byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return null;
        }
        checkLength(name, value.length);
        String text = new String(value, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(value)) {
            throw new InvalidEventHeaderException(name, new String(value, StandardCharsets.ISO_8859_1), NOT_TEXT);
        }
        checkCharacters(name, text);
        return text;
    }

    static byte[] encode(String name, String text) {
        if (text.isEmpty()) {
            throw new InvalidEventHeaderException(
                    name, text, "leave an attribute out instead of setting it to nothing.");
        }
        checkCharacters(name, text);
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new InvalidEventHeaderException(name, text, NOT_TEXT);
        }
        checkLength(name, bytes.remaining());
        byte[] value = new byte[bytes.remaining()];
        bytes.get(value);
        return value;
    }

    private static void checkLength(String name, int bytes) {
        if (bytes > EventHeaders.VALUE_BYTES_MAX) {
            throw new InvalidEventHeaderException(
                    name, bytes + " bytes long", "at most " + EventHeaders.VALUE_BYTES_MAX + " bytes are accepted.");
        }
    }

    private static void checkCharacters(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new InvalidEventHeaderException(name, text, "control characters are not allowed in it.");
            }
        }
    }

    private static boolean isUtf8(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
