package io.hookline.deliverer.reach;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network that is not the public Internet, and what it is for.
 *
 * @param kind as it is said of an address in it: "is ..."
 * @param isMetadata whether programs there hand out a machine's own credentials
 */
record SpecialNetwork(Network network, String kind, boolean isMetadata) {
    private static final String METADATA = "a cloud's metadata service";

    /**
     * IANA's special-purpose registries of IPv4 and IPv6 (RFC 6890 and what was registered since), less what is reachable by everybody there,
     * and the clouds' own addresses; the narrower before the wider.
     */
    private static final List<SpecialNetwork> ALL = List.of(
            metadata("169.254.169.254/32"), // AWS, Azure, Google, most others
            metadata("169.254.170.2/32"), // AWS, tasks
            metadata("169.254.170.23/32"), // AWS, pods
            metadata("100.100.100.200/32"), // Alibaba
            metadata("192.0.0.192/32"), // Oracle
            metadata("168.63.129.16/32"), // Azure; looks public
            metadata("fd00:ec2::254/128"), // AWS
            metadata("fd00:ec2::23/128"), // AWS, pods
            metadata("fd20:ce::254/128"), // Google
            special("0.0.0.0/8", "of this machine"),
            special("10.0.0.0/8", "private"),
            special("100.64.0.0/10", "a carrier's own (CGNAT)"),
            special("127.0.0.0/8", "loopback"),
            special("169.254.0.0/16", "link-local"),
            special("172.16.0.0/12", "private"),
            special("192.0.0.0/24", "reserved for protocols"),
            special("192.0.2.0/24", "reserved for documentation"),
            special("192.88.99.0/24", "a 6to4 relay"),
            special("192.168.0.0/16", "private"),
            special("198.18.0.0/15", "reserved for benchmarks"),
            special("198.51.100.0/24", "reserved for documentation"),
            special("203.0.113.0/24", "reserved for documentation"),
            special("224.0.0.0/4", "multicast"),
            special("240.0.0.0/4", "reserved or broadcast"),
            special("::/128", "of this machine"),
            special("::1/128", "loopback"),
            special("::ffff:0:0/96", "IPv4-mapped"),
            special("::ffff:0:0:0/96", "IPv4-translated"),
            special("::/96", "IPv4-compatible"),
            special("64:ff9b::/96", "NAT64"),
            special("64:ff9b:1::/48", "NAT64 of a local network"),
            special("100::/64", "reserved to be discarded"),
            special("2001::/32", "Teredo"),
            special("2001::/23", "reserved for protocols"),
            special("2001:db8::/32", "reserved for documentation"),
            special("2002::/16", "6to4"),
            special("3fff::/20", "reserved for documentation"),
            special("5f00::/16", "a segment identifier"),
            special("fc00::/7", "private (unique local)"),
            special("fe80::/10", "link-local"),
            special("fec0::/10", "private (site-local)"),
            special("ff00::/8", "multicast"));

    /** All that is handed out to hosts so far; what is outside is nobody's, or belongs to the list above. */
    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private static final SpecialNetwork UNASSIGNED = special("::/0", "outside of what the Internet uses (2000::/3)");

    private static SpecialNetwork special(String network, String kind) {
        return new SpecialNetwork(Network.of(network), kind, false);
    }

    private static SpecialNetwork metadata(String network) {
        return new SpecialNetwork(Network.of(network), METADATA, true);
    }

    /** The one that an address of 4 or 16 bytes is in; null: the address is public. */
    static @Nullable SpecialNetwork of(byte[] address) {
        for (SpecialNetwork special : ALL) {
            if (special.network.contains(address)) {
                return special;
            }
        }
        return address.length == 16 && !GLOBAL_UNICAST.contains(address) ? UNASSIGNED : null;
    }
}
