package io.hookline.router.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses from text, without a name lookup: dotted IPv4 of four decimal numbers without leading zeros, and IPv6 of RFC 4291
 * section 2.2 (groups, {@code ::}, a dotted IPv4 at the end). An IPv4-mapped IPv6 address is the IPv4 address it maps.
 */
final class IpAddress {
    private static final int LENGTH_MAX = 45;
    private static final int GROUPS = 8;

    private IpAddress() {}

    /** The 4 or 16 bytes of the address that {@code text} is, or null. */
    static byte @Nullable [] parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return null;
        }
        byte[] address = text.indexOf(':') < 0 ? dotted(text) : groups(text);
        return address != null && address.length == 16 && isMapped(address)
                ? Arrays.copyOfRange(address, 12, 16)
                : address;
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    private static byte @Nullable [] dotted(String text) {
        byte[] address = new byte[4];
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 4) {
                value = value * 10 + (text.charAt(at++) - '0');
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || at - start > 3 || value > 255 || leadingZero) {
                return null;
            }
            address[part] = (byte) value;
            if (part < 3 && (at == text.length() || text.charAt(at++) != '.')) {
                return null;
            }
        }
        return at == text.length() ? address : null;
    }

    private static byte @Nullable [] groups(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = new byte[16];
            return fill(all, text) == GROUPS ? all : null;
        }
        byte[] head = new byte[16];
        byte[] tail = new byte[16];
        String before = text.substring(0, gap);
        int first = before.indexOf('.') >= 0 ? -1 : fill(head, before);
        int second = fill(tail, text.substring(gap + 2));
        if (first < 0 || second < 0 || first + second >= GROUPS) {
            return null;
        }
        System.arraycopy(tail, 0, head, 16 - 2 * second, 2 * second);
        return head;
    }

    /** Writes the groups of {@code text} and returns how many there were (a dotted end counts as two), or -1 if one is malformed. */
    private static int fill(byte[] address, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int group = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] dotted = dotted(parts[i]);
                if (dotted == null || group > GROUPS - 2) {
                    return -1;
                }
                System.arraycopy(dotted, 0, address, 2 * group, 4);
                return group + 2;
            }
            int value = hex(parts[i]);
            if (value < 0 || group == GROUPS) {
                return -1;
            }
            address[2 * group] = (byte) (value >> 8);
            address[2 * group + 1] = (byte) value;
            group++;
        }
        return group;
    }

    private static int hex(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
