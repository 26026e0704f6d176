package io.hookline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Hostile inputs: valid ones, damaged. Each is made from its own seed, which a failure names, so that one input can be tried again alone with
 * {@code -Dfuzz.first=SEED -Dfuzz.inputs=1}. A share of the normal build; {@code -Dfuzz.inputs=1000000} for a night.
 */
public final class Fuzz {
    private static final long INPUT_MS_MAX = 10_000;
    private static final long USED_BYTES_MAX = 700L << 20;
    private static final int LOOK_EVERY = 512;

    /** What breaks parsers: limits of lengths, signs, depths and encodings. */
    private static final byte[][] SPICE = {
        {0},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
        {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
        {
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80,
            (byte) 0x80,
            1
        },
        {(byte) 0xc0, (byte) 0x80},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        "\r\n".getBytes(StandardCharsets.US_ASCII),
        "\"".getBytes(StandardCharsets.US_ASCII),
        "\\u0000".getBytes(StandardCharsets.US_ASCII),
        "1e999999999".getBytes(StandardCharsets.US_ASCII),
        "-0.0000000000000000000000000000001".getBytes(StandardCharsets.US_ASCII),
        "[".repeat(600).getBytes(StandardCharsets.US_ASCII),
        "{\"a\":".repeat(600).getBytes(StandardCharsets.US_ASCII),
        "(".repeat(300).getBytes(StandardCharsets.US_ASCII),
        "*".repeat(200).getBytes(StandardCharsets.US_ASCII),
        "a".repeat(5_000).getBytes(StandardCharsets.US_ASCII),
    };

    private Fuzz() {}

    /** Tries one input, made with that randomness; throws where its result is not allowed. */
    @FunctionalInterface
    public interface Attempt {
        void with(Random random) throws Exception;
    }

    /**
     * Tries many.
     *
     * @param share how many of the normal build
     */
    public static void run(int share, Attempt attempt) {
        long first = Long.getLong("fuzz.first", 0);
        long inputs = Long.getLong("fuzz.inputs", share);
        for (long seed = first; seed < first + inputs; seed++) {
            long startNs = System.nanoTime();
            try {
                attempt.with(new Random(seed * 0x9E3779B97F4A7C15L));
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(
                        "input " + seed + " (try it alone: -Dfuzz.first=" + seed + " -Dfuzz.inputs=1): " + e, e);
            }
            long ms = (System.nanoTime() - startNs) / 1_000_000;
            if (ms > INPUT_MS_MAX) {
                throw new AssertionError("input " + seed + " took " + ms + " ms");
            }
            if (seed % LOOK_EVERY == 0) {
                checkMemory(seed);
            }
        }
    }

    private static void checkMemory(long seed) {
        Runtime runtime = Runtime.getRuntime();
        if (runtime.totalMemory() - runtime.freeMemory() > USED_BYTES_MAX) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            if (used > USED_BYTES_MAX) {
                throw new AssertionError("after input " + seed + " " + (used >> 20) + " MiB are held");
            }
        }
    }

    /** A few bytes changed, dropped, doubled, moved or put in; one in eight is left as it is. */
    public static byte[] damage(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        int changes = random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    /** As {@link #damage(byte[], Random)}, of text; what is no UTF-8 then reads as the replacement character. */
    public static String damage(String valid, Random random) {
        return new String(damage(valid.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8);
    }

    private static byte[] change(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
        return switch (random.nextInt(6)) {
            case 0 -> flipped(bytes, random);
            case 1 -> joined(bytes, at, new byte[0], at + length);
            case 2 -> joined(bytes, at, SPICE[random.nextInt(SPICE.length)], at);
            case 3 -> joined(bytes, at, SPICE[random.nextInt(SPICE.length)], at + length);
            case 4 -> joined(bytes, at, piece(bytes, random), at);
            default -> joined(bytes, at, new byte[0], bytes.length);
        };
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] piece(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(64, bytes.length - from) + 1);
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[] bytes, int until, byte[] between, int from) {
        byte[] joined = new byte[until + between.length + bytes.length - from];
        System.arraycopy(bytes, 0, joined, 0, until);
        System.arraycopy(between, 0, joined, until, between.length);
        System.arraycopy(bytes, from, joined, until + between.length, bytes.length - from);
        return joined;
    }
}
