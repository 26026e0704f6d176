package io.hookline.deliverer.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSecretTest {
    @Test
    void shouldReadWhatItReveals() {
        HmacSecret secret = HmacSecret.generate(new SecureRandom());
        assertThat(HmacSecret.parse(secret.reveal())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(secret.bytes()).hasSize(32);
        assertThat(secret.reveal()).startsWith("whsec_");
    }

    @Test
    void shouldBeAnotherOneEachTime() {
        SecureRandom random = new SecureRandom();
        assertThat(HmacSecret.generate(random)).isNotEqualTo(HmacSecret.generate(random));
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void shouldTakeTheLengthsOfTheStandard(int length) {
        assertThat(new HmacSecret(new byte[length]).bytes()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 65, 1_000})
    void shouldRefuseOtherLengths(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HmacSecret(new byte[length]))
                .withMessage("A signing secret has 24 to 64 bytes, this one has " + length + ".");
    }

    @Test
    void shouldNotBeChangedThroughItsArrays() {
        byte[] bytes = new byte[32];
        HmacSecret secret = new HmacSecret(bytes);
        bytes[0] = 1;
        secret.bytes()[1] = 1;
        assertThat(secret).isEqualTo(new HmacSecret(new byte[32]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa*w",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
                "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
            })
    void shouldRefuseTextThatIsNoSecret(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmacSecret.parse(text))
                .withMessageStartingWith("A signing secret ");
    }

    /** A stack trace prints causes too: not one character of a mistyped secret may stand in it. */
    @ParameterizedTest
    @ValueSource(strings = {"whsec_Qk7*", "whsec_Qk7~~~~~~", "Qk7Qk7Qk7Qk7Qk7", "whsec_Qk7Qk7Qk7=Qk7"})
    void shouldNotBetrayASecretInAFailure(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmacSecret.parse(text))
                .satisfies(e -> {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString())
                            .doesNotContain("Qk7")
                            .doesNotContain("Illegal base64 character")
                            .doesNotContain("Caused by");
                });
    }

    @Test
    void shouldNotPrintASecret() {
        HmacSecret secret = HmacSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Signer.Key key = new Signer.Key(secret, OptionalLong.empty());
        for (String text : List.of(secret.toString(), key.toString())) {
            assertThat(text)
                    .doesNotContain("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                    .doesNotContain(
                            Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(secret.bytes(), 6)))
                    .doesNotContain(Arrays.toString(secret.bytes()));
        }
        assertThat(secret).hasToString("whsec_***");
    }
}
