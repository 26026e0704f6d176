package io.hookline.deliverer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://partner.example/hooks, https, partner.example, 443, /hooks",
        "http://partner.example/hooks, http, partner.example, 80, /hooks",
        "HTTPS://Partner.EXAMPLE/Hooks, https, partner.example, 443, /Hooks",
        "https://partner.example, https, partner.example, 443, /",
        "https://partner.example?x=1, https, partner.example, 443, /?x=1",
        "https://partner.example/?, https, partner.example, 443, /?",
        "https://partner.example:8443/a?b=c&d=%20e+f, https, partner.example, 8443, /a?b=c&d=%20e+f",
        "https://partner.example:/a, https, partner.example, 443, /a",
        "https://partner.example:0443/a, https, partner.example, 443, /a",
        "https://partner.example./a, https, partner.example., 443, /a",
        "https://xn--bcher-kva.example/a, https, xn--bcher-kva.example, 443, /a",
        "https://a-b.partner.example/a, https, a-b.partner.example, 443, /a",
        "http://127.0.0.1:8080/a, http, 127.0.0.1, 8080, /a",
        "http://[::1]:8080/a, http, [::1], 8080, /a",
        "http://[2001:DB8::1]/a, http, [2001:db8::1], 80, /a",
        "http://[::ffff:127.0.0.1]/a, http, [::ffff:127.0.0.1], 80, /a",
        "https://partner.example//a/./b/../c, https, partner.example, 443, //a/./b/../c",
        "https://partner.example/a;b=c:d@e, https, partner.example, 443, /a;b=c:d@e",
        "https://partner.example/%E4%f6, https, partner.example, 443, /%E4%f6",
        "https://partner.example/b\u00fccher?q=\u20ac, https, partner.example, 443, /b%C3%BCcher?q=%E2%82%AC",
        "http://localhost:65535/, http, localhost, 65535, /"
    })
    void shouldReadWhatCanBeSent(String url, String scheme, String host, int port, String path) {
        assertThat(EndpointUrl.parse(url)).isEqualTo(new EndpointUrl(scheme, host, port, path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|must start with https:// or http://",
                "' '|is not valid",
                "partner.example/hooks|must start with https:// or http://",
                "//partner.example/hooks|must start with https:// or http://",
                "/hooks|must start with https:// or http://",
                "ftp://partner.example/hooks|must start with https:// or http://",
                "javascript:alert(1)|must start with https:// or http://",
                "file:///etc/passwd|must start with https:// or http://",
                "https:partner.example|names no host",
                "https:/partner.example|names no host",
                "https:///hooks|names no host",
                "https://|is not valid",
                "https://:443/a|names no usable host",
                "https://my_service/a|names no usable host: letters, digits, '-' and '.'",
                "https://b\u00fccher.example/a|names no usable host",
                "https://-partner.example/a|names no usable host",
                "http://2130706433/a|names a host that some take for an address",
                "http://0x7f000001/a|names a host that some take for an address",
                "http://0x/a|names a host that some take for an address",
                "http://partner.0x1/a|names no usable host",
                "http://0177.0.0.1/a|names a host that some take for an address",
                "http://010.0.0.1/a|names a host that some take for an address",
                "http://127.0.0.01/a|names a host that some take for an address",
                "http://0x7f.0.0.1/a|names no usable host",
                "http://127.1/a|names no usable host",
                "http://127.0.0.256/a|names no usable host",
                "http://1.2.3.4.5/a|names no usable host",
                "http://[::1|is not valid",
                "http://[::g]/a|is not valid",
                "http://::1/a|names no usable host",
                "http://[fe80::1%25eth0]/a|names an address with a zone",
                "http://[fe80::1%eth0]/a|names an address with a zone",
                "https://partner.example:0/a|names port 0",
                "https://partner.example:65536/a|names port 65536",
                "https://partner.example:99999999999/a|names no usable host",
                "https://partner.example:x/a|names no usable host",
                "https://partner.example:-1/a|names no usable host",
                "https://user@partner.example/a|has a user or password",
                "https://@partner.example/a|has a user or password",
                "https://partner.example@evil.example/a|has a user or password",
                "https://partner.example/a#b|has a fragment",
                "https://partner.example/#|has a fragment",
                "https://partner.example/a b|is not valid",
                "https://partner.example/a\tb|is not valid",
                "https://partner.example\\@evil.example/|is not valid",
                "https:\\\\partner.example/|is not valid",
                "https://partner.example/%zz|is not valid",
                "https://partner.example/{id}|is not valid",
                "https://partner.example/<x>|is not valid",
                "https://*.partner.example/|names no usable host",
                "https://partner..example/|names no usable host",
            })
    void shouldRefuseWhatCannotAndSayWhy(String url, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointUrl.parse(url))
                .withMessageStartingWith("URL '")
                .withMessageContaining(problem);
    }

    @Test
    void shouldNotRepeatLineBreaks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointUrl.parse("https://partner.example/a\r\nHost: evil.example"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\r").doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@partner.example/a",
                "https://user:hunter2@my_service/a",
                "https://user:hunter2@partner.example:99999/a b",
                "https://user:hunter2@",
                "https://user:hunter2@x@partner.example/",
                "ftp://user:hunter2@partner.example/",
                "//user:hunter2@partner.example/",
                "https://user:hunter2%zz@partner.example/#a",
            })
    void shouldNotRepeatAPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointUrl.parse(url))
                .satisfies(e -> {
                    assertThat(e.getMessage()).contains("***@").doesNotContain("hunter2");
                    assertThat(e.getCause()).isNull();
                });
    }

    @Test
    void shouldTakeALongUrlAndNotALongerOne() {
        String longest = "https://partner.example/" + "a".repeat(EndpointUrl.LENGTH_MAX - 24);
        assertThatCode(() -> EndpointUrl.parse(longest)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointUrl.parse(longest + "a"))
                .withMessage("URL of 2049 characters is too long: at most 2048 are accepted.");
    }

    /** What is accepted can stand in a request line as it is. */
    @Property(tries = 2_000)
    void shouldAcceptOrRefuseButNotFail(@ForAll String text) {
        for (String url : new String[] {text, "https://" + text, "https://partner.example/" + text}) {
            try {
                EndpointUrl parsed = EndpointUrl.parse(url);
                assertThat(parsed.path()).matches("/[\\x21-\\x7e]*");
                assertThat(parsed.host()).matches("[\\x21-\\x7e]+").doesNotContain("@", "/", "\\");
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).startsWith("URL ").hasSizeLessThan(1_000);
            }
        }
    }
}
