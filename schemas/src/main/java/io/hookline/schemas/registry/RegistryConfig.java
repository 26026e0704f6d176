package io.hookline.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What the client needs to know, read and checked once.
 *
 * @param urls at least one, without credentials and without a slash at the end
 * @param authorization the value of the {@code Authorization} header
 */
record RegistryConfig(
        List<URI> urls,
        Optional<String> authorization,
        long connectTimeoutMs,
        long readTimeoutMs,
        boolean autoRegister,
        boolean normalize,
        Optional<SSLContext> tls) {

    private static final long TIMEOUT_MS_MAX = 600_000;

    static RegistryConfig of(Map<String, ?> config) {
        List<URI> given = urls(config);
        return new RegistryConfig(
                given.stream().map(RegistryConfig::plain).toList(),
                authorization(config, given),
                millis(config, RegistrySettings.CONNECT_TIMEOUT_MS, 5_000),
                millis(config, RegistrySettings.READ_TIMEOUT_MS, 10_000),
                flag(config, RegistrySettings.AUTO_REGISTER, true),
                flag(config, RegistrySettings.NORMALIZE, false),
                RegistryTls.context(config));
    }

    /** Never shows the credentials. */
    @Override
    public String toString() {
        return "registry " + urls + (authorization.isPresent() ? " with credentials" : "");
    }

    private static List<URI> urls(Map<String, ?> config) {
        Object value = config.get(RegistrySettings.URL);
        String text = value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value == null ? "" : value.toString();
        List<URI> urls = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                urls.add(url(part.strip()));
            }
        }
        if (urls.isEmpty()) {
            throw new ConfigException(
                    RegistrySettings.URL, text, "give one address or several, such as http://localhost:8081");
        }
        return urls;
    }

    private static URI url(String text) {
        String shown = text.replaceFirst("//[^/@]*@", "//***@");
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getRawQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below, without the credentials that the exception would show
        }
        throw new ConfigException(
                RegistrySettings.URL, shown, "is not an address such as https://registry.example:8081/path");
    }

    private static URI plain(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
        String host = url.getHost();
        return URI.create(url.getScheme() + "://" + host + (url.getPort() < 0 ? "" : ":" + url.getPort()) + path);
    }

    private static Optional<String> authorization(Map<String, ?> config, List<URI> urls) {
        Optional<String> bearer = bearer(config);
        return bearer.isPresent() ? bearer : basic(config, urls);
    }

    private static Optional<String> bearer(Map<String, ?> config) {
        String source = text(config, RegistrySettings.BEARER_SOURCE);
        String token = text(config, RegistrySettings.BEARER_TOKEN);
        if (source == null && token == null) {
            return Optional.empty();
        }
        if (source != null && !source.equals("STATIC_TOKEN")) {
            throw new ConfigException(RegistrySettings.BEARER_SOURCE, source, "only STATIC_TOKEN is supported");
        }
        if (token == null || token.isBlank()) {
            throw new ConfigException(
                    RegistrySettings.BEARER_TOKEN + " is missing: STATIC_TOKEN takes the token from it");
        }
        return Optional.of("Bearer " + token.strip());
    }

    private static Optional<String> basic(Map<String, ?> config, List<URI> urls) {
        String source = text(config, RegistrySettings.BASIC_SOURCE);
        String userInfo = text(config, RegistrySettings.BASIC_USER_INFO);
        boolean fromSetting = source == null ? userInfo != null && !userInfo.isEmpty() : source.equals("USER_INFO");
        if (fromSetting) {
            return Optional.of(basic(userInfo));
        }
        if (source != null && !source.equals("URL")) {
            throw new ConfigException(RegistrySettings.BASIC_SOURCE, source, "only USER_INFO and URL are supported");
        }
        return urls.stream()
                .map(URI::getUserInfo)
                .filter(info -> info != null)
                .findFirst()
                .map(RegistryConfig::basic);
    }

    private static String basic(@Nullable String userInfo) {
        if (userInfo == null || userInfo.indexOf(':') < 1) {
            throw new ConfigException(RegistrySettings.BASIC_USER_INFO + " must be user:password");
        }
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    private static long millis(Map<String, ?> config, String key, long otherwise) {
        String text = text(config, key);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value > 0 && value <= TIMEOUT_MS_MAX) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ConfigException(key, text, "must be milliseconds between 1 and " + TIMEOUT_MS_MAX);
    }

    static boolean flag(Map<String, ?> config, String key, boolean otherwise) {
        String text = text(config, key);
        if (text == null) {
            return otherwise;
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key, text, "must be true or false");
        };
    }

    /** The setting under its prefixed name, else under its bare one. Passwords come as Kafka's {@code Password} too. */
    private static @Nullable String text(Map<String, ?> config, String key) {
        Object value = config.get(RegistrySettings.PREFIX + key);
        value = value == null ? config.get(key) : value;
        if (value instanceof org.apache.kafka.common.config.types.Password password) {
            return password.value();
        }
        return value == null ? null : value.toString();
    }
}
