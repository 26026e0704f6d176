package io.hookline.deliverer.reach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hookline.deliverer.endpoint.EndpointUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReachTest {
    private static final List<String> HTTPS = List.of("https");
    private static final List<String> PORTS = List.of("443", "8443");
    private static final Reach SHIPPED = Reach.of(HTTPS, PORTS, List.of());
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    static List<Arguments> tricks() throws IOException {
        List<Arguments> tricks = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ReachTest.class.getResourceAsStream("tricks.txt")), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    String[] parts = line.split("\\|", -1);
                    String url = ESCAPE.matcher(parts[0].strip())
                            .replaceAll(escape -> java.util.regex.Matcher.quoteReplacement(
                                    Character.toString(Integer.parseInt(escape.group(1), 16))));
                    tricks.add(Arguments.of(url, parts[1].strip(), parts.length > 2 ? parts[2].strip() : ""));
                }
            }
        }
        return tricks;
    }

    @Test
    void shouldKnowManyTricks() throws IOException {
        assertThat(tricks()).hasSizeGreaterThan(200);
    }

    @ParameterizedTest(name = "{index} {0} {2}")
    @MethodSource("tricks")
    void shouldLetOnlyPublicAddressesThrough(String url, String verdict, String addresses) throws UnknownHostException {
        EndpointUrl parsed;
        try {
            parsed = EndpointUrl.parse(url);
        } catch (IllegalArgumentException e) {
            assertThat(verdict).as(e.getMessage()).isEqualTo("url");
            return;
        }
        String refusal = SHIPPED.refusal(parsed);
        if (refusal != null) {
            assertThat(refusal)
                    .startsWith(verdict + " ")
                    .contains(verdict.equals("port") ? Reach.PORTS : Reach.SCHEMES);
            return;
        }
        List<String> refusals = new ArrayList<>();
        InetAddress literal = Reach.literal(parsed);
        for (InetAddress address : literal == null ? all(addresses) : List.of(literal)) {
            String why = SHIPPED.refusal(address);
            refusals.add(why == null ? "allowed" : why);
        }
        if (verdict.equals("allowed")) {
            assertThat(refusals).contains("allowed");
        } else {
            assertThat(refusals).isNotEmpty().allMatch(why -> !why.equals("allowed"));
            assertThat(refusals.get(0)).contains("is " + verdict + ":").contains(Reach.NETWORKS);
        }
    }

    private static List<InetAddress> all(String addresses) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String address : addresses.split(" ", -1)) {
            all.add(InetAddress.getByName(address));
        }
        return all;
    }

    private static boolean allows(String network, String address) throws UnknownHostException {
        return Reach.of(HTTPS, PORTS, List.of(network)).refusal(InetAddress.getByName(address)) == null;
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.0.0.128/25, 10.0.0.127, false",
        "10.0.0.128/25, 10.0.0.128, true",
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.3/32, 10.1.2.4, false",
        "0.0.0.0/0, 127.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::/0, 127.0.0.1, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fc12::1, false",
        // A wide network is listed for other reasons than its metadata service.
        "169.254.0.0/16, 169.254.1.1, true",
        "169.254.0.0/16, 169.254.169.254, false",
        "0.0.0.0/0, 169.254.169.254, false",
        "0.0.0.0/0, 168.63.129.16, false",
        "169.254.169.254/32, 169.254.169.254, true",
        "fd00::/8, fd00:ec2::254, false",
        "fd00:ec2::254/128, fd00:ec2::254, true",
        // Both the form and what it stands for have to be allowed.
        "64:ff9b::/96, 64:ff9b::8.8.8.8, true",
        "64:ff9b::/96, 64:ff9b::127.0.0.1, false",
        "64:ff9b::/96, 64:ff9b::169.254.169.254, false",
        "10.0.0.0/8, 64:ff9b::10.0.0.1, false",
        "2002::/16, 2002:808:808::1, true",
        "2002::/16, 2002:a00:1::1, false",
        "2001::/32, 2001:0:808:808:0:0:f7f7:f7f7, true",
        "2001::/32, 2001:0:808:808:0:0:80ff:fffe, false",
        "2001::/32, 2001:0:7f00:1:0:0:f7f7:f7f7, false",
        "::/0, ::127.0.0.1, false",
        "::/0, ::ffff:0:10.0.0.1, false",
    })
    void shouldAllowListedNetworksAndNoMore(String network, String address, boolean isAllowed)
            throws UnknownHostException {
        assertThat(allows(network, address)).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0|is not a network",
                "10.0.0.0/|is not a network",
                "10.0.0.0/-1|is not a network",
                "10.0.0.0/33|has more bits than its address: at most 32",
                "10.0.0.1/8|has bits set beyond its first 8",
                "10.0.0/8|is not a network",
                "300.0.0.0/8|has no address before the '/'",
                "example.com/8|is not a network",
                "fd00::/129|has more bits than its address: at most 128",
                "fd00::1/8|has bits set beyond its first 8",
                "::ffff:10.0.0.0/104|is an IPv4 network in IPv6 form",
                "fe80::%eth0/10|is not a network",
                "private|is not a network",
            })
    void shouldRefuseNetworksThatAreNone(String network, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reach.of(HTTPS, PORTS, List.of(network)))
                .withMessageStartingWith("'" + network + "' ")
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"0", "65536", "99999", "443-", "-443", "8999-8000", "0-10", "443 8443", "https", "1-65536"})
    void shouldRefusePortsThatAreNone(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reach.of(HTTPS, List.of(port), List.of()))
                .withMessageContaining("'" + port + "' is no port");
    }

    @Test
    void shouldTakePortsAndRanges() {
        Reach reach = Reach.of(HTTPS, List.of("443", "8000-8002"), List.of());
        for (int port : new int[] {443, 8000, 8001, 8002}) {
            assertThat(reach.refusal(new EndpointUrl("https", "a", port, "/"))).isNull();
        }
        for (int port : new int[] {442, 444, 7999, 8003}) {
            assertThat(reach.refusal(new EndpointUrl("https", "a", port, "/")))
                    .isEqualTo("port " + port + " is not among those of deliverer.endpoint.ports (443, 8000-8002)");
        }
    }

    @Test
    void shouldRefuseSchemesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reach.of(List.of("gopher"), PORTS, List.of()))
                .withMessage("'gopher' is no scheme: https or http is expected.");
    }

    /** Java's own tests of an address know less, but what they know has to be known here. */
    @Property(tries = 20_000)
    void shouldRefuseWhatJavaTakesForLocal(@ForAll @Size(4) byte[] v4, @ForAll @Size(16) byte[] v6)
            throws UnknownHostException {
        for (byte[] bytes : List.of(v4, v6, mapped(v4))) {
            InetAddress address = InetAddress.getByAddress(bytes);
            if (address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress()) {
                assertThat(SHIPPED.refusal(address)).as(address.toString()).isNotNull();
            }
        }
    }

    private static byte[] mapped(byte[] v4) {
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        System.arraycopy(v4, 0, mapped, 12, 4);
        return mapped;
    }
}
