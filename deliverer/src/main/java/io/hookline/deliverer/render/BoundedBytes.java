package io.hookline.deliverer.render;

import java.io.ByteArrayOutputStream;

/** Bytes up to a limit. */
final class BoundedBytes extends ByteArrayOutputStream {
    private final int bytesMax;

    BoundedBytes(int firstBytes, int bytesMax) {
        super(Math.min(firstBytes, bytesMax));
        this.bytesMax = bytesMax;
    }

    @Override
    public synchronized void write(int one) {
        check(1);
        super.write(one);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        check(length);
        super.write(bytes, offset, length);
    }

    private void check(int more) {
        require((long) count + more, bytesMax);
    }

    /** @throws IllegalStateException where {@code bytes} are more than {@code bytesMax} */
    static void require(long bytes, int bytesMax) {
        if (bytes > bytesMax) {
            throw new IllegalStateException("it is more than " + bytesMax + " bytes long");
        }
    }
}
