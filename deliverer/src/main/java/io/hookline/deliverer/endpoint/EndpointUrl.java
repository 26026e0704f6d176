package io.hookline.deliverer.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

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

    /** @throws IllegalArgumentException naming the URL and what is wrong with it */
    public static EndpointUrl parse(String url) {
        if (url.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "URL of " + url.length() + " characters is too long: at most " + LENGTH_MAX + " are accepted.");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("URL '" + url + "' is not valid: " + e.getReason() + ".", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "URL '" + url + "' is not usable: it must start with https:// or http://.");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("URL '" + url + "' names no host.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "URL with user and password is not usable: put them into the subscription's auth, where they are protected.");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "URL '" + url + "' has a fragment (#...), which is never sent: leave it out.");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (port == 0 || port > 65_535) {
            throw new IllegalArgumentException("URL '" + url + "' names port " + port + ": 1 to 65535 exist.");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new EndpointUrl(scheme, uri.getHost().toLowerCase(Locale.ROOT), port, path + query);
    }
}
