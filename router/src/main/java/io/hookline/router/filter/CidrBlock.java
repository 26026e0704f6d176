package io.hookline.router.filter;

import org.jspecify.annotations.Nullable;

/** Text that is an IP address of one network. IPv4 and IPv6 networks never contain each other's addresses. */
final class CidrBlock implements Matcher {
    private final String text;
    private final byte[] network;
    private final int bits;

    private CidrBlock(String text, byte[] network, int bits) {
        this.text = text;
        this.network = network;
        this.bits = bits;
    }

    /** The network {@code address/bits}, or null if {@code text} is not one. Bits of the address beyond the mask are ignored. */
    static @Nullable CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() - slash > 4 || !text.substring(slash + 1).matches("0|[1-9][0-9]*")) {
            return null;
        }
        byte[] network = IpAddress.parse(text.substring(0, slash));
        int bits = Integer.parseInt(text.substring(slash + 1));
        return network == null || bits > network.length * 8 ? null : new CidrBlock(text, network, bits);
    }

    @Override
    public boolean test(Value value) {
        if (!(value instanceof Value.Text address)) {
            return false;
        }
        byte[] bytes = IpAddress.parse(address.text());
        if (bytes == null || bytes.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        int mask = 0xFF << (8 - bits % 8);
        return bits % 8 == 0 || ((bytes[whole] ^ network[whole]) & mask & 0xFF) == 0;
    }

    @Override
    public String toString() {
        return "an IP address in " + text;
    }
}
