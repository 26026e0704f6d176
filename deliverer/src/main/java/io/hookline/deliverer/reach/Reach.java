package io.hookline.deliverer.reach;

import io.hookline.deliverer.endpoint.EndpointUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where endpoints may be. Public addresses always; others only in networks that are listed. A cloud's metadata service only where its very
 * address is listed, since a wide network is listed for other reasons. An IPv6 address that stands for an IPv4 address needs both to be
 * allowed. Immutable.
 */
public final class Reach {
    /** Setting with the schemes. */
    public static final String SCHEMES = "deliverer.endpoint.schemes";
    /** Setting with the ports. */
    public static final String PORTS = "deliverer.endpoint.ports";
    /** Setting with the networks beyond public addresses. */
    public static final String NETWORKS = "deliverer.endpoint.networks";

    private static final Set<String> KNOWN_SCHEMES = Set.of("https", "http");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    private static final List<Network> THIS_MACHINE = List.of(Network.of("127.0.0.0/8"), Network.of("::1/128"));

    private final Set<String> schemes;
    private final PortSet ports;
    private final List<Network> networks;

    private Reach(Set<String> schemes, PortSet ports, List<Network> networks) {
        this.schemes = schemes;
        this.ports = ports;
        this.networks = networks;
    }

    /**
     * @param schemes https, http or both
     * @param ports numbers and ranges
     * @param networks beyond public addresses, such as 10.0.0.0/8
     * @throws IllegalArgumentException naming the item that cannot be used
     */
    public static Reach of(List<String> schemes, List<String> ports, List<String> networks) {
        for (String scheme : schemes) {
            if (!KNOWN_SCHEMES.contains(scheme)) {
                throw new IllegalArgumentException("'" + scheme + "' is no scheme: https or http is expected.");
            }
        }
        return new Reach(
                Set.copyOf(schemes),
                PortSet.parse(ports),
                networks.stream().map(Network::parse).toList());
    }

    /** As it is for whoever sits at this machine: any scheme and port, its own loopback addresses besides the networks. */
    public Reach withAnyPortAndThisMachine() {
        List<Network> more = new ArrayList<>(networks);
        more.addAll(THIS_MACHINE);
        return new Reach(KNOWN_SCHEMES, PortSet.parse(List.of("1-65535")), List.copyOf(more));
    }

    /** Why nothing may be sent to that URL, whatever its host's addresses are, with the mend; null: it may. */
    public @Nullable String refusal(EndpointUrl url) {
        if (!schemes.contains(url.scheme())) {
            return "scheme " + url.scheme() + " is not among those of " + SCHEMES + " (" + String.join(", ", schemes)
                    + ")";
        }
        return ports.contains(url.port())
                ? null
                : "port " + url.port() + " is not among those of " + PORTS + " (" + ports + ")";
    }

    /** As {@link #refusal(EndpointUrl)}, and of an address that the URL names itself: for when another looks up the names. */
    public @Nullable String refusalOfLiteral(EndpointUrl url) {
        String refusal = refusal(url);
        InetAddress literal = refusal == null ? literal(url) : null;
        return literal == null ? refusal : refusal(literal);
    }

    /** Why nothing may connect to that address, with the mend; null: it may. */
    public @Nullable String refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        SpecialNetwork special = refused(bytes);
        if (special != null) {
            return "address " + address.getHostAddress() + " is " + special.kind() + mend(special);
        }
        for (byte[] embedded : EmbeddedIpv4.in(bytes)) {
            SpecialNetwork inner = refused(embedded);
            if (inner != null) {
                return "address " + address.getHostAddress() + " stands for an IPv4 address that is " + inner.kind()
                        + mend(inner);
            }
        }
        return null;
    }

    private static String mend(SpecialNetwork special) {
        return special.isMetadata()
                ? ": only listing this very address in " + NETWORKS + " allows it"
                : ": if endpoints may be there, list their network in " + NETWORKS;
    }

    private @Nullable SpecialNetwork refused(byte[] address) {
        SpecialNetwork special = SpecialNetwork.of(address);
        if (special == null) {
            return null;
        }
        boolean isListed = networks.stream()
                .anyMatch(network -> network.contains(address) && (!special.isMetadata() || network.isSingle()));
        return isListed ? null : special;
    }

    /** The address that a URL names itself; null where it names a host, which has to be looked up. */
    public static @Nullable InetAddress literal(EndpointUrl url) {
        return literal(url.host());
    }

    private static @Nullable InetAddress literal(String host) {
        if (!host.startsWith("[") && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(host); // a literal: nobody is asked
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Host '" + host + "' is no address.", e);
        }
    }
}
