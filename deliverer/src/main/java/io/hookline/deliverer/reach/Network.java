package io.hookline.deliverer.reach;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses that share their first bits, written {@code 10.0.0.0/8} or {@code fd00::/8}. Immutable. */
public final class Network {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");

    /** What stands before an IPv4 address in IPv6; Java takes such an address for IPv4. */
    private static final int MAPPED_BITS = 96;

    private final byte[] prefix;
    private final int bits;
    private final String text;

    private Network(byte[] prefix, int bits, String text) {
        this.prefix = prefix;
        this.bits = bits;
        this.text = text;
    }

    /** @throws IllegalArgumentException naming the text and what is wrong with it */
    public static Network parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text, "is not a network: an address, '/' and the number of its leading bits are expected.");
        }
        byte[] prefix = bytes(matcher.group(1), text);
        int bits = Integer.parseInt(matcher.group(2));
        if (prefix.length == 4 && matcher.group(1).indexOf(':') >= 0) {
            throw refused(text, "is an IPv4 network in IPv6 form: write it as IPv4.");
        }
        if (bits > 8 * prefix.length) {
            throw refused(text, "has more bits than its address: at most " + 8 * prefix.length + " are expected.");
        }
        for (int i = bits; i < 8 * prefix.length; i++) {
            if ((prefix[i / 8] >> (7 - i % 8) & 1) != 0) {
                throw refused(text, "has bits set beyond its first " + bits + ": clear them, or raise the number.");
            }
        }
        return new Network(prefix, bits, text);
    }

    /** For tables of ours; unlike {@link #parse} it knows the IPv4-mapped form, which no {@link InetAddress} ever has. */
    static Network of(String text) {
        return text.equals("::ffff:0:0/96") ? new Network(mappedPrefix(), MAPPED_BITS, text) : parse(text);
    }

    private static byte[] mappedPrefix() {
        byte[] prefix = new byte[16];
        Arrays.fill(prefix, 10, 12, (byte) 0xff);
        return prefix;
    }

    private static byte[] bytes(String address, String text) {
        try {
            return InetAddress.getByName(address).getAddress(); // a literal: nobody is asked
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    refused(text, "has no address before the '/'.").getMessage(), e);
        }
    }

    private static IllegalArgumentException refused(String text, String problem) {
        return new IllegalArgumentException("'" + text + "' " + problem);
    }

    /** @param address 4 or 16 bytes */
    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >> (8 - rest) == 0;
    }

    /** Whether it is one address only. */
    boolean isSingle() {
        return bits == 8 * prefix.length;
    }

    @Override
    public String toString() {
        return text;
    }
}
