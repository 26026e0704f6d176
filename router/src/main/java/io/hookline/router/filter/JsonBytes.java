package io.hookline.router.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the bytes of one JSON text in UTF-8 (RFC 8259): strings, numbers and literals, read or skipped. What is skipped is checked as
 * what is read, but for the encoding of its characters.
 */
final class JsonBytes {
    /** Digits and other characters of one number. */
    private static final int NUMBER_MAX = 1_000;

    private static final int LONG_DIGITS = 18;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;

    private final byte[] bytes;
    private final int end;
    private int at;

    JsonBytes(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** Skips white space and returns the byte after it, without consuming it; -1 at the end. */
    int peek() {
        while (at < end) {
            int c = bytes[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c;
            }
            at++;
        }
        return -1;
    }

    /** Consumes the byte that {@link #peek} returned. */
    void next() {
        at++;
    }

    /** Consumes {@code wanted}, after any white space. */
    void expect(char wanted) {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    /** Consumes a byte order mark, if the text begins with one. */
    void skipByteOrderMark() {
        if (end - at >= 3 && bytes[at] == (byte) 0xEF && bytes[at + 1] == (byte) 0xBB && bytes[at + 2] == (byte) 0xBF) {
            at += 3;
        }
    }

    /** Consumes {@code rest} of a literal, the first letter of which is at the cursor. */
    void literal(String literal) {
        for (int i = 0; i < literal.length(); i++, at++) {
            if (at == end || bytes[at] != literal.charAt(i)) {
                throw unexpected(literal);
            }
        }
    }

    /** Consumes a string, from its opening quote, and returns where it began; the cursor is after its closing quote. */
    int skipString() {
        int from = ++at;
        while (true) {
            at = plainUntil(at);
            int c = at < end ? bytes[at] : -1;
            if (c == '"') {
                at++;
                return from;
            }
            if (c != '\\') {
                throw unexpected(c == -1 ? "the end of a string" : "no control character in a string");
            }
            at++;
            escape();
        }
    }

    /** The first quote, backslash or control character from {@code from} on, or the end. Eight bytes are looked at in one step. */
    private int plainUntil(int from) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            long quote = word ^ (ONES * '"');
            long backslash = word ^ (ONES * '\\');
            // In each byte the high bit is set if it was zero (or, of the last term, below a blank); in the lowest such
            // byte, surely so.
            long special =
                    ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * ' ') & ~word);
            special &= ONES << 7;
            if (special != 0) {
                return i + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (i < end && (bytes[i] < 0 || (bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\'))) {
            i++;
        }
        return i;
    }

    /** Consumes a string, from its opening quote. */
    String string() {
        int from = skipString();
        return text(from, at - 1);
    }

    /** The field of {@code node} whose name stands at the cursor, from its opening quote; null if the plan has none. */
    FieldPlan.@Nullable Node field(FieldPlan.Node node) {
        int from = at + 1;
        int hash = 0;
        for (int i = from; i < end; i++) {
            int c = bytes[i];
            if (c == '"') {
                at = i + 1;
                return node.child(bytes, from, i, hash);
            }
            if (c == '\\' || (c >= 0 && c < ' ')) {
                return node.child(string());
            }
            hash = FieldPlan.Node.HASH_FACTOR * hash + c;
        }
        at = end;
        throw unexpected("the end of a name");
    }

    private String text(int from, int to) {
        boolean plain = true;
        for (int i = from; i < to; i++) {
            int c = bytes[i];
            if (c == '\\') {
                return unescaped(from, to);
            }
            plain &= c >= 0;
        }
        return plain ? new String(bytes, from, to - from, StandardCharsets.ISO_8859_1) : decode(from, to);
    }

    private String decode(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableEventException("the payload has a string that is not UTF-8, from byte " + from, e);
        }
    }

    private String unescaped(int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int plainFrom = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                text.append(decode(plainFrom, i));
                at = i + 1;
                text.append(escape());
                plainFrom = at;
                i = at - 1;
            }
        }
        text.append(decode(plainFrom, to));
        at = to + 1;
        return text.toString();
    }

    /** Consumes what follows a backslash, and returns the character it stands for. */
    private char escape() {
        int c = at < end ? bytes[at++] : -1;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw unexpected("an escape");
        };
    }

    private char codeUnit() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < end && bytes[at] >= 0 ? Character.digit(bytes[at++], 16) : -1;
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            code = (code << 4) | digit;
        }
        return (char) code;
    }

    /** Consumes a number. */
    Decimal number() {
        int from = at;
        boolean negative = bytes[at] == '-';
        if (negative) {
            at++;
        }
        int whole = digits();
        if (whole > 1 && bytes[at - whole] == '0') {
            throw unexpected("no zero before other digits");
        }
        int fraction = 0;
        boolean plain = at == end || (bytes[at] | 0x20) != 'e';
        if (at < end && bytes[at] == '.') {
            at++;
            fraction = digits();
            plain = at == end || (bytes[at] | 0x20) != 'e';
        }
        if (!plain) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits();
        }
        if (at - from > NUMBER_MAX) {
            throw new UnreadableEventException(
                    "the payload has a number of " + (at - from) + " characters, at most " + NUMBER_MAX + " are read");
        }
        return plain && whole + fraction <= LONG_DIGITS ? small(from, negative, fraction) : large(from);
    }

    private int digits() {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw unexpected("a digit");
        }
        return at - from;
    }

    private Decimal small(int from, boolean negative, int fraction) {
        long unscaled = 0;
        for (int i = negative ? from + 1 : from; i < at; i++) {
            if (bytes[i] != '.') {
                unscaled = unscaled * 10 + (bytes[i] - '0');
            }
        }
        return Decimal.of(negative ? -unscaled : unscaled, -fraction);
    }

    private Decimal large(int from) {
        char[] chars = new char[at - from];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) bytes[from + i];
        }
        return Decimal.parse(chars, 0, chars.length);
    }

    /** The error that something else than {@code expected} stands at the cursor. */
    UnreadableEventException unexpected(String expected) {
        String found = at >= end ? "its end" : String.format("byte 0x%02x", bytes[at]);
        return new UnreadableEventException(
                "the payload is not JSON: found " + found + " at offset " + at + ", expected " + expected);
    }
}
