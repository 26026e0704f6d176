package io.hookline.deliverer.reach;

import java.util.Arrays;
import java.util.List;

/** IPv4 addresses that an IPv6 address stands for: a gateway on the way would go on to them. */
final class EmbeddedIpv4 {
    private static final List<Network> LAST_FOUR_BYTES = List.of(
            Network.of("::ffff:0:0/96"),
            Network.of("::ffff:0:0:0/96"),
            Network.of("::/96"),
            Network.of("64:ff9b::/96"));
    private static final Network SIX_TO_FOUR = Network.of("2002::/16");
    private static final Network TEREDO = Network.of("2001::/32");

    private EmbeddedIpv4() {}

    /** None, one, or with Teredo two: its server and, inverted, its client. */
    static List<byte[]> in(byte[] address) {
        if (address.length != 16) {
            return List.of();
        } else if (SIX_TO_FOUR.contains(address)) {
            return List.of(Arrays.copyOfRange(address, 2, 6));
        } else if (TEREDO.contains(address)) {
            return List.of(Arrays.copyOfRange(address, 4, 8), inverted(Arrays.copyOfRange(address, 12, 16)));
        }
        return LAST_FOUR_BYTES.stream().anyMatch(network -> network.contains(address))
                        && !isUnspecifiedOrLoopback(address)
                ? List.of(Arrays.copyOfRange(address, 12, 16))
                : List.of();
    }

    private static boolean isUnspecifiedOrLoopback(byte[] address) {
        for (int i = 0; i < 15; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[15] == 0 || address[15] == 1;
    }

    private static byte[] inverted(byte[] address) {
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) ~address[i];
        }
        return address;
    }
}
