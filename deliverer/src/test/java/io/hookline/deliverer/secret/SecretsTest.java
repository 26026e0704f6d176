package io.hookline.deliverer.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.AuthKind;
import io.hookline.avro.EndpointAuth;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.schemas.serde.GeneratedClasses;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final String SIGNING = "signing-secret-of-24-bytes-or-more";
    private static final String PASSWORD = "hush-password";
    private static final String TOKEN = "Bearer hush-token";

    private static final Keyset KEYSET = Keyset.generate();
    private static final Secrets OWNER = new Secrets(KEYSET);
    private static final Secrets WRITER = new Secrets(KEYSET.publicOnly());

    static {
        GeneratedClasses.trust();
    }

    private static Secret secret(String text) {
        return Secret.newBuilder()
                .setValue(ByteBuffer.wrap(text.getBytes(UTF_8)))
                .build();
    }

    private static Subscription subscription() {
        return Subscription.newBuilder()
                .setId("crm")
                .setTenant("t")
                .setUrl("https://partner.example/")
                .setEventTypes(List.of("order"))
                .setHeaders(Map.of("authorization", TOKEN))
                .setSigningKeys(List.of(SigningKey.newBuilder()
                        .setAlgorithm(SigningAlgorithm.HMAC_SHA256)
                        .setSecret(secret(SIGNING))
                        .setCreatedAt(Instant.EPOCH)
                        .build()))
                .setAuth(EndpointAuth.newBuilder()
                        .setKind(AuthKind.BASIC)
                        .setUser("u")
                        .setSecret(secret(PASSWORD))
                        .build())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static byte[] bytes(Subscription subscription) throws Exception {
        ByteBuffer buffer = subscription.toByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void shouldOpenWhatAPublicKeysetSealedAndStoreNoSecretInClear() throws Exception {
        Subscription sealed = WRITER.seal(subscription());
        assertThat(new String(bytes(sealed), UTF_8)).doesNotContain("signing-secret", "hush");
        assertThat(sealed.getHeaders()).isEmpty();
        assertThat(Secrets.isSealed(sealed)).isTrue();
        assertThat(OWNER.open(sealed)).isEqualTo(subscription());
        assertThat(WRITER.seal(sealed)).isEqualTo(sealed);
    }

    @Test
    void shouldLeaveEverythingInClearWithoutAKeyset() {
        Secrets none = new Secrets(null);
        assertThat(none.seal(subscription())).isEqualTo(subscription());
        assertThat(none.open(subscription())).isEqualTo(subscription());
        assertThat(none.isStale(subscription())).isFalse();
    }

    @Test
    void shouldNotOpenWithoutThePrivateKeyAndSayWhichOneIsMissing() {
        Subscription sealed = WRITER.seal(subscription());
        assertThatThrownBy(() -> WRITER.open(sealed))
                .isInstanceOf(SealedException.class)
                .hasMessageContaining(KEYSET.primaryId())
                .hasMessageContaining("public keys only");
        assertThatThrownBy(() -> new Secrets(null).open(sealed)).hasMessageContaining(SecretSettings.KEYSET_FILE);
        assertThatThrownBy(() -> new Secrets(Keyset.generate()).open(sealed))
                .isInstanceOf(SealedException.class)
                .hasMessageContaining(KEYSET.primaryId());
    }

    /** Who may write the topic but not read secrets could otherwise have another's secret sent to an endpoint of their own. */
    @Test
    void shouldNotOpenACiphertextThatWasMoved() {
        Subscription sealed = WRITER.seal(subscription());
        Subscription elsewhere = Subscription.newBuilder(sealed).setId("mine").build();
        assertThatThrownBy(() -> OWNER.open(elsewhere))
                .isInstanceOf(SealedException.class)
                .hasMessageContaining("another subscription or field");
        Secret signing = sealed.getSigningKeys().get(0).getSecret();
        Subscription asHeader = Subscription.newBuilder(sealed)
                .setSealedHeaders(Map.of("x-shown", signing))
                .build();
        assertThatThrownBy(() -> OWNER.open(asHeader)).isInstanceOf(SealedException.class);
        Subscription renamed = Subscription.newBuilder(sealed)
                .setSealedHeaders(Map.of("x-region", sealed.getSealedHeaders().get("authorization")))
                .build();
        assertThatThrownBy(() -> OWNER.open(renamed)).isInstanceOf(SealedException.class);
    }

    @Test
    void shouldNotOpenACiphertextThatWasChanged() {
        Subscription sealed = WRITER.seal(subscription());
        byte[] value = sealed.getAuth().getSecret().getValue().array().clone();
        value[value.length - 1] ^= 1;
        sealed.getAuth().getSecret().setValue(ByteBuffer.wrap(value));
        assertThatThrownBy(() -> OWNER.open(sealed)).isInstanceOf(SealedException.class);
    }

    @Test
    void shouldReplaceKeysWithoutAPause() {
        Subscription old = WRITER.seal(subscription());
        Keyset both = KEYSET.withNewKey();
        Secrets during = new Secrets(both);

        assertThat(during.open(old)).isEqualTo(subscription());
        assertThat(during.isStale(old)).isTrue();
        assertThat(during.isStale(subscription())).isTrue();
        Subscription renewed = new Secrets(both.publicOnly()).seal(subscription());
        assertThat(during.isStale(renewed)).isFalse();
        Secrets after = new Secrets(both.withPrimaryOnly());
        assertThat(after.open(renewed)).isEqualTo(subscription());
        assertThatThrownBy(() -> after.open(old)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> OWNER.open(renewed)).isInstanceOf(SealedException.class);
    }

    @Test
    void shouldTellSigningKeysApartWithoutOpeningThem() {
        Secret once = WRITER.seal(subscription()).getSigningKeys().get(0).getSecret();
        Secret twice = WRITER.seal(subscription()).getSigningKeys().get(0).getSecret();
        assertThat(once.getValue()).isNotEqualTo(twice.getValue());
        assertThat(once.getFingerprint()).isEqualTo(twice.getFingerprint()).hasSize(32);
        assertThat(WRITER.seal(subscription()).getAuth().getSecret().getFingerprint())
                .isEmpty();
    }
}
