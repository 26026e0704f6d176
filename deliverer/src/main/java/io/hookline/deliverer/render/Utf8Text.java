package io.hookline.deliverer.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Whether bytes are UTF-8; what reads JSON lets overlong forms, surrogates and what lies beyond Unicode pass. */
final class Utf8Text {
    private static final int CHUNK_CHARS = 1_024;

    /** Eight bytes at once: nearly every text is ASCII. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long BEYOND_ASCII = 0x8080_8080_8080_8080L;

    private Utf8Text() {}

    static boolean isValid(byte[] text, int start) {
        int i = start;
        while (i + Long.BYTES <= text.length && ((long) EIGHT.get(text, i) & BEYOND_ASCII) == 0) {
            i += Long.BYTES;
        }
        for (; i < text.length; i++) {
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
