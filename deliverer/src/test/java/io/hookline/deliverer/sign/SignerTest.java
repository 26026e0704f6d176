package io.hookline.deliverer.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final OptionalLong NEVER = OptionalLong.empty();

    private static Signer.Key key(String secret) {
        return new Signer.Key(HmacSecret.parse(secret), NEVER);
    }

    private static Signer.Key generated(OptionalLong expiresAtMs) {
        return new Signer.Key(HmacSecret.generate(new SecureRandom()), expiresAtMs);
    }

    /** The vectors of the Standard Webhooks libraries. */
    @Test
    void shouldSignTheOfficialVectors() {
        assertThat(new Signer(List.of(key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(new Signer(List.of(key("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")))
                        .sign(
                                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                                1649367553,
                                "{\"email\":\"test@example.com\",\"username\":\"test_user\"}".getBytes(UTF_8)))
                .isEqualTo("v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }

    @Test
    void shouldSignOnceASecretInTheirOrder() {
        Signer.Key newer = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Signer.Key older = key("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        byte[] body = "{}".getBytes(UTF_8);
        String both = new Signer(List.of(newer, older)).sign("msg_1", 1, body);
        assertThat(both)
                .isEqualTo(new Signer(List.of(newer)).sign("msg_1", 1, body) + " "
                        + new Signer(List.of(older)).sign("msg_1", 1, body));
        assertThat(both.split(" ")).hasSize(2).allMatch(token -> token.matches("v1,[A-Za-z0-9+/]{43}="));
    }

    @Test
    void shouldNotSignWithoutASecret() {
        Signer none = new Signer(List.of());
        assertThat(none.signs(0)).isFalse();
        assertThat(none.sign("msg_1", 1, new byte[0])).isEmpty();
    }

    @Test
    void shouldStopSigningWithASecretThatExpired() {
        Signer.Key current = generated(NEVER);
        Signer.Key expiring = generated(OptionalLong.of(10_000));
        Signer signer = new Signer(List.of(current, expiring));
        assertThat(signer.sign("msg_1", 9, new byte[0]).split(" ")).hasSize(2);
        assertThat(signer.sign("msg_1", 10, new byte[0]))
                .isEqualTo(new Signer(List.of(current)).sign("msg_1", 10, new byte[0]));
        assertThat(signer.signs(Long.MAX_VALUE)).isTrue();

        Signer only = new Signer(List.of(expiring));
        assertThat(only.signs(9_999)).isTrue();
        assertThat(only.signs(10_000)).isFalse();
        assertThat(only.sign("msg_1", 10, new byte[0])).isEmpty();
    }

    /** A header must not be announced and then be empty: whoever signs at a millisecond signs in its second. */
    @Property(tries = 500)
    void shouldHaveASignatureWheneverItSigns(
            @ForAll @IntRange(max = 20_000) int nowMs, @ForAll @IntRange(max = 20_000) int expiresAtMs) {
        Signer signer = new Signer(List.of(generated(OptionalLong.of(expiresAtMs))));
        if (signer.signs(nowMs)) {
            assertThat(signer.sign("msg_1", nowMs / 1_000, new byte[0])).isNotEmpty();
        }
    }

    private static Map<String, List<String>> headers(String id, long timestampS, String signature) {
        return Map.of(
                "webhook-id",
                List.of(id),
                "webhook-timestamp",
                List.of(Long.toString(timestampS)),
                "webhook-signature",
                List.of(signature));
    }

    /** An independent receiver accepts it, whichever of the secrets it holds, and nothing that was changed on the way. */
    @Property(tries = 300)
    void shouldBeVerifiedByTheStandardLibrary(
            @ForAll String body,
            @ForAll @AlphaChars @StringLength(min = 1, max = 40) String name,
            @ForAll @IntRange(min = 1, max = 5) int secrets,
            @ForAll @IntRange(min = 24, max = 64) int length)
            throws WebhookVerificationException {
        String sent = new String(body.getBytes(UTF_8), UTF_8);
        List<Signer.Key> keys = new ArrayList<>();
        for (int i = 0; i < secrets; i++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) (i + 1));
            keys.add(new Signer.Key(new HmacSecret(bytes), NEVER));
        }
        String id = "msg_" + name;
        long now = System.currentTimeMillis() / 1_000;
        String signature = new Signer(keys).sign(id, now, sent.getBytes(UTF_8));
        for (Signer.Key key : keys) {
            Webhook receiver = new Webhook(key.secret().reveal());
            receiver.verify(sent, headers(id, now, signature));
            assertThatThrownBy(() -> receiver.verify(sent + " ", headers(id, now, signature)))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThatThrownBy(() -> receiver.verify(sent, headers(id + "x", now, signature)))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThatThrownBy(() -> receiver.verify(sent, headers(id, now + 1, signature)))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        Webhook stranger = new Webhook(HmacSecret.generate(new SecureRandom()).reveal());
        assertThatThrownBy(() -> stranger.verify(sent, headers(id, now, signature)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    /** What was signed before must leave nothing behind in what is signed next. */
    @Test
    void shouldSignManyBodiesWithOneSigner() {
        Signer.Key key = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Signer signer = new Signer(List.of(key));
        for (int i = 0; i < 1_000; i++) {
            byte[] body = ("{\"n\":" + i + "}").getBytes(UTF_8);
            assertThat(signer.sign("msg_" + i, i, body)).isEqualTo(new Signer(List.of(key)).sign("msg_" + i, i, body));
        }
    }
}
