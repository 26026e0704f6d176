package io.hookline.router.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @Property
    void shouldReadWhatInetAddressWrites(@ForAll @Size(4) byte[] v4, @ForAll @Size(16) byte[] v6)
            throws UnknownHostException {
        assertThat(IpAddress.parse(InetAddress.getByAddress(v4).getHostAddress()))
                .isEqualTo(v4);
        InetAddress address = InetAddress.getByAddress(v6);
        assertThat(IpAddress.parse(address.getHostAddress())).isEqualTo(address.getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1::8",
                "64:ff9b::192.0.2.33",
                "::1.2.3.4",
                "A::f"
            })
    void shouldReadEveryShortForm(String text) throws UnknownHostException {
        assertThat(IpAddress.parse(text)).isEqualTo(InetAddress.getByName(text).getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":",
                ":::",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1..3.4",
                "1.2.3.",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1::",
                "12345::",
                "g::",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                ":1",
                "1:",
                "fe80::1%eth0",
                "[::1]",
                "1.2.3.4/8",
                "localhost",
                "١.2.3.4",
                "999999999999.1.1.1"
            })
    void shouldRefuseEverythingElse(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "1.2.3.4/32, 1.2.3.4, true",
        "1.2.3.4/32, 1.2.3.5, false",
        "1.2.3.4/31, 1.2.3.5, true",
        "0.0.0.0/0, 255.1.1.1, true",
        "0.0.0.0/0, ::, false",
        "::/0, 1.2.3.4, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:1.2.3.0/24, 1.2.3.9, true"
    })
    void shouldHoldTheAddressesOfItsNetwork(String network, String address, boolean holds) {
        CidrBlock block = CidrBlock.parse(network);
        assertThat(block).isNotNull();
        assertThat(block.test(new Value.Text(address))).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "1.2.3.4",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/08",
                "1.2.3.4/8/8",
                "::/129",
                "x/8",
                "1.2.3.4/1e1"
            })
    void shouldRefuseWhatIsNoNetwork(String network) {
        assertThat(CidrBlock.parse(network)).isNull();
    }
}
