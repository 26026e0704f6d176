package io.hookline.deliverer.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Whether bytes are UTF-8; what reads JSON lets overlong forms, surrogates and what lies beyond Unicode pass. */
final class Utf8Text {
    private static final int CHUNK_CHARS = 1_024;

    private Utf8Text() {}

    static boolean isValid(byte[] text, int start) {
        for (int i = start; i < text.length; i++) {
            if (text[i] < 0) {
                return isDecodable(ByteBuffer.wrap(text, i, text.length - i));
            }
        }
        return true;
    }

    private static boolean isDecodable(ByteBuffer text) {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chunk = CharBuffer.allocate(CHUNK_CHARS);
        CoderResult result = decoder.decode(text, chunk, true);
        while (result.isOverflow()) {
            chunk.clear();
            result = decoder.decode(text, chunk, true);
        }
        return !result.isError();
    }
}
