package io.hookline.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

    private static RegistryConfig of(Object... pairs) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", "http://r:8081"));
        for (int i = 0; i < pairs.length; i += 2) {
            config.put((String) pairs[i], pairs[i + 1]);
        }
        return RegistryConfig.of(config);
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    @Test
    void shouldHaveDefaults() {
        RegistryConfig config = of();
        assertThat(config.urls()).containsExactly(URI.create("http://r:8081"));
        assertThat(config.authorization()).isEmpty();
        assertThat(config.connectTimeoutMs()).isEqualTo(5_000);
        assertThat(config.readTimeoutMs()).isEqualTo(10_000);
        assertThat(config.autoRegister()).isTrue();
        assertThat(config.normalize()).isFalse();
        assertThat(config.tls()).isEmpty();
    }

    @Test
    void shouldReadEveryKeyBareOrPrefixed() {
        RegistryConfig bare = of(
                "http.connect.timeout.ms", 1,
                "http.read.timeout.ms", "2",
                "auto.register.schemas", false,
                "normalize.schemas", "true",
                "basic.auth.user.info", "u:p");
        RegistryConfig prefixed = of(
                "schema.registry.http.connect.timeout.ms", 1,
                "schema.registry.http.read.timeout.ms", "2",
                "schema.registry.auto.register.schemas", false,
                "schema.registry.normalize.schemas", "true",
                "schema.registry.basic.auth.user.info", "u:p");
        assertThat(bare).isEqualTo(prefixed);
        assertThat(bare)
                .isEqualTo(new RegistryConfig(
                        bare.urls(), java.util.Optional.of(basic("u:p")), 1, 2, false, true, bare.tls()));
    }

    @Test
    void shouldTakeSeveralAddressesInAnyForm() {
        assertThat(of("schema.registry.url", " http://a:1/ ,,https://b/base// ").urls())
                .containsExactly(URI.create("http://a:1"), URI.create("https://b/base"));
        assertThat(of("schema.registry.url", List.of("http://a:1", "http://[::1]:2"))
                        .urls())
                .containsExactly(URI.create("http://a:1"), URI.create("http://[::1]:2"));
    }

    @Test
    void shouldTakeCredentialsFromEachSource() {
        assertThat(of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", new Password("u:p:q"))
                        .authorization())
                .contains(basic("u:p:q"));
        assertThat(of("schema.registry.url", "https://u:p%40@r").authorization())
                .contains(basic("u:p@"));
        assertThat(of("schema.registry.url", "https://u:p@r").urls()).containsExactly(URI.create("https://r"));
        assertThat(of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t")
                        .authorization())
                .contains("Bearer t");
    }

    @Test
    void shouldNeverShowCredentials() {
        assertThat(of("basic.auth.user.info", "me:secret").toString()).doesNotContain("secret", basic("me:secret"));
        assertThatThrownBy(() -> of("schema.registry.url", "https://me:secret@bad host"))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> of("basic.auth.user.info", "secret"))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " , ", "localhost:8081", "ftp://r", "http://", "http:///path", "http://r?x=1", "mock://x"})
    void shouldRefuseWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> of("schema.registry.url", url))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void shouldRefuseWhatItWouldOtherwiseIgnore() {
        assertThatThrownBy(() -> RegistryConfig.of(Map.of())).hasMessageContaining("schema.registry.url");
        assertThatThrownBy(() -> of("http.read.timeout.ms", "0")).hasMessageContaining("http.read.timeout.ms");
        assertThatThrownBy(() -> of("http.read.timeout.ms", "ten")).hasMessageContaining("ten");
        assertThatThrownBy(() -> of("auto.register.schemas", "maybe")).hasMessageContaining("true or false");
        assertThatThrownBy(() -> of("basic.auth.credentials.source", "SASL_INHERIT"))
                .hasMessageContaining("USER_INFO");
        assertThatThrownBy(() -> of("basic.auth.credentials.source", "USER_INFO"))
                .hasMessageContaining("user:password");
        assertThatThrownBy(() -> of("bearer.auth.credentials.source", "OAUTHBEARER"))
                .hasMessageContaining("STATIC_TOKEN");
        assertThatThrownBy(() -> of("bearer.auth.credentials.source", "STATIC_TOKEN"))
                .hasMessageContaining("bearer.auth.token");
        assertThatThrownBy(() -> of("schema.registry.ssl.endpoint.identification.algorithm", ""))
                .hasMessageContaining("always verified");
        assertThatThrownBy(() -> of("schema.registry.ssl.truststore.location", "no-such-file"))
                .hasMessageContaining("no-such-file");
    }
}
