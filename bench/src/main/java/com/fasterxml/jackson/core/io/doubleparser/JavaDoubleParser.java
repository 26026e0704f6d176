package com.fasterxml.jackson.core.io.doubleparser;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * Event-ruler 1.7.3 calls this class, which was internal to Jackson 2.14 to 2.16 and is gone. It stands here so that the peer runs on
 * the Jackson that we use; it parses with the same algorithm.
 */
public final class JavaDoubleParser {
    private JavaDoubleParser() {}

    /** The double written in {@code text}. */
    public static double parseDouble(CharSequence text) {
        return NumberInput.parseDouble(text.toString(), true);
    }
}
