package io.hookline.deliverer.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class Ed25519SecretTest {
    private static final String VECTOR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    private static Signer.Key key(SigningSecret secret) {
        return new Signer.Key(secret, OptionalLong.empty());
    }

    /** Recomputed with three independent implementations. */
    @Test
    void shouldSignTheVector() {
        assertThat(new Signer(List.of(key(Ed25519Secret.parse(VECTOR))))
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo(
                        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
    }

    @Test
    void shouldSignBesideHmacInTheirOrder() {
        SigningSecret asymmetric = Ed25519Secret.parse(VECTOR);
        SigningSecret symmetric = HmacSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Signer both = new Signer(List.of(key(asymmetric), key(symmetric)));
        for (int i = 0; i < 50; i++) {
            byte[] body = ("{\"n\":" + i + "}").getBytes(UTF_8);
            assertThat(both.sign("msg_1", i, body))
                    .isEqualTo(new Signer(List.of(key(asymmetric))).sign("msg_1", i, body) + " "
                            + new Signer(List.of(key(symmetric))).sign("msg_1", i, body));
        }
    }

    @Test
    void shouldMakePairsThatCanBeReadAgain() {
        Ed25519Secret made = Ed25519Secret.generate(new SecureRandom());
        assertThat(Ed25519Secret.parse(made.reveal())).isEqualTo(made);
        assertThat(made.verifier()).startsWith("whpk_").hasSize(5 + 44);
        assertThat(Ed25519Secret.generate(new SecureRandom())).isNotEqualTo(made);
    }

    @Test
    void shouldRefuseAPublicKeyThatIsNotTheSeeds() {
        byte[] mixed = Ed25519Secret.generate(new SecureRandom()).bytes();
        System.arraycopy(Ed25519Secret.generate(new SecureRandom()).bytes(), 32, mixed, 32, 32);
        assertThatThrownBy(() -> new Ed25519Secret(mixed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not that of its seed");
        byte[] nothing = new byte[64];
        assertThatThrownBy(() -> new Ed25519Secret(nothing)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ed25519Secret(new byte[32])).hasMessageContaining("has 32");
    }

    @Test
    void shouldNeverShowTheSecret() {
        SigningSecret secret = SigningSecret.parse(VECTOR);
        assertThat(secret.toString()).doesNotContain(VECTOR.substring(5, 15));
        assertThatThrownBy(() -> SigningSecret.parse("whsk_!!geheim")).message().doesNotContain("geheim");
        assertThatThrownBy(() -> SigningSecret.parse("geheim")).message().doesNotContain("geheim");
    }
}
