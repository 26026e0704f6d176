package io.hookline.router.index;

import io.hookline.router.filter.Decimal;
import io.hookline.router.filter.Value;

/**
 * 64-bit hashes that a stranger cannot make collide: subscribers choose ids and literals, and colliding ones would turn lookups into
 * searches. SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012) with a secret key, over UTF-16 code units, four to
 * a word. Immutable.
 */
final class KeyHash {
    private final long key0;
    private final long key1;

    KeyHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** Equal values have equal hashes. */
    long of(Value value) {
        if (value instanceof Value.Text text) {
            return of(text.text(), 1);
        }
        if (value instanceof Decimal number) {
            return number.isCompact() ? of(number.unscaled(), number.exponent()) : of(number.toString(), 2);
        }
        return of(value.hashCode(), 3);
    }

    long of(String text) {
        return of(text, 0);
    }

    private long of(String text, int kind) {
        State state = new State(key0, key1);
        int length = text.length();
        int whole = length & ~3;
        for (int i = 0; i < whole; i += 4) {
            state.add(text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48);
        }
        long last = 0;
        for (int i = whole; i < length; i++) {
            last = (last << 16) | text.charAt(i);
        }
        state.add(last);
        state.add((long) length << 8 | kind);
        return state.finish();
    }

    private long of(long a, long b) {
        State state = new State(key0, key1);
        state.add(a);
        state.add(b);
        return state.finish();
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void add(long word) {
            v3 ^= word;
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
