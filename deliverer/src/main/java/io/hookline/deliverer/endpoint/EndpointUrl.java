package io.hookline.deliverer.endpoint;

import io.hookline.schemas.PlainText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a subscription's deliveries go.
 *
 * @param scheme http or https
 * @param host name or address, IPv6 in brackets, lower case
 * @param port 1 to 65535, the scheme's own where the URL names none
 * @param path path and query as sent, at least {@code /}
 */
public record EndpointUrl(String scheme, String host, int port, String path) {
    public static final int LENGTH_MAX = 2048;

    private static final int SHOWN_MAX = 300;

    /** User and password: everything before the last {@code @} of the authority. */
    private static final Pattern USER = Pattern.compile("(?<=//)[^/?#]*@");

    /** What ends in a number is an IPv4 address to many, as one number, in hexadecimal or in octal. */
    private static final Pattern NUMBER_LAST = Pattern.compile("(^|\\.)([0-9]+|0[xX][0-9a-fA-F]*)\\.?$");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /**
     * Reads an absolute URL. Characters beyond ASCII in path and query are percent-encoded as UTF-8; all else stays as it is.
     *
     * @throws IllegalArgumentException naming the URL, without a password it may hold, and what is wrong with it
     */
    public static EndpointUrl parse(String url) {
        if (url.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "URL of " + url.length() + " characters is too long: at most " + LENGTH_MAX + " are accepted.");
        }
        URI uri = uri(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(url, "is not usable: it must start with https:// or http://.");
        }
        String host = host(uri, url);
        if (uri.getRawFragment() != null) {
            throw refused(url, "has a fragment (#...), which is never sent: leave it out.");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (port == 0 || port > 65_535) {
            throw refused(url, "names port " + port + ": 1 to 65535 exist.");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new EndpointUrl(scheme, host, port, path + query);
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            String ascii = uri.toASCIIString();
            return ascii.equals(url) ? uri : new URI(ascii);
        } catch (URISyntaxException e) {
            throw refused(url, "is not valid: " + e.getReason() + ".");
        }
    }

    private static String host(URI uri, String url) {
        String authority = uri.getRawAuthority();
        String host = uri.getHost();
        if (authority == null) {
            throw refused(url, "names no host.");
        }
        if (authority.indexOf('@') >= 0) {
            throw refused(
                    url,
                    "has a user or password, which is not usable: send them in 'headers' (Authorization: Basic and the base 64 of"
                            + " user:password), whose values are masked.");
        }
        if (host == null) {
            throw refused(
                    url,
                    "names no usable host: letters, digits, '-' and '.' (other scripts as xn--...), an IPv4 address of four numbers, or an IPv6"
                            + " address in brackets, and perhaps a port, are expected.");
        }
        if (NUMBER_LAST.matcher(host).find() && !IPV4.matcher(host).matches()) {
            throw refused(
                    url,
                    "names a host that some take for an address and some for a name: write IPv4 addresses as four plain numbers.");
        }
        if (host.indexOf('%') >= 0) {
            throw refused(url, "names an address with a zone (%), which only one machine knows: leave it out.");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException refused(String url, String problem) {
        String shown = PlainText.oneLine(USER.matcher(url).replaceAll("***@"), SHOWN_MAX);
        return new IllegalArgumentException("URL '" + shown + "' " + problem);
    }
}
