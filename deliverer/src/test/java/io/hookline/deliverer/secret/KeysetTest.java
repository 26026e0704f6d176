package io.hookline.deliverer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetTest {
    @TempDir
    private Path dir;

    private String wrappingKey;

    @BeforeEach
    void makeWrappingKey() throws Exception {
        wrappingKey = wrappingKey(1);
    }

    private String wrappingKey(int seed) throws Exception {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return Files.writeString(
                        dir.resolve("wrapping-" + seed), Base64.getEncoder().encodeToString(key) + "\n")
                .toUri()
                .toString();
    }

    private String file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(dir, "keyset", ".json"), text)
                .toString();
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        Keyset keyset = Keyset.generate().withNewKey();
        Keyset read = SecretSettings.keyset(file(keyset.json(null)), "");
        assertThat(read.ids()).isEqualTo(keyset.ids()).hasSize(2);
        assertThat(read.primaryId())
                .isEqualTo(keyset.primaryId())
                .isEqualTo(keyset.ids().get(1));
        assertThat(read.open(keyset.seal(new byte[] {7}, "a/b"), "a/b")).containsExactly(7);
        Keyset shared = SecretSettings.keyset(file(keyset.publicOnly().json(null)), "");
        assertThat(shared.canOpen()).isFalse();
        assertThat(read.open(shared.seal(new byte[] {8}, "a/b"), "a/b")).containsExactly(8);
    }

    @Test
    void shouldReadAWrappedKeysetWithItsWrappingKeyOnly() throws Exception {
        Keyset keyset = Keyset.generate();
        Aead wrapping = SecretSettings.wrapping(wrappingKey);
        String wrapped = file(keyset.json(wrapping));
        assertThat(Files.readString(Path.of(wrapped))).contains("encryptedKeyset");
        assertThat(SecretSettings.keyset(wrapped, wrappingKey).primaryId()).isEqualTo(keyset.primaryId());
        String another = wrappingKey(2);
        assertThatThrownBy(() -> SecretSettings.keyset(wrapped, another))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> SecretSettings.keyset(wrapped, ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no wrapping key is named");
    }

    /** What is wrong is said by what is expected: the text is full of keys. */
    @Test
    void shouldSayWhatIsWrongWithoutRepeatingTheFile() throws Exception {
        String json = Keyset.generate().json(null);
        String broken = json.substring(0, json.length() - 20);
        assertThatThrownBy(() -> SecretSettings.keyset(file(broken), ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(SecretSettings.KEYSET_FILE)
                .message()
                .doesNotContain(json.substring(100, 130));
        assertThatThrownBy(() -> SecretSettings.keyset(dir.resolve("none").toString(), ""))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> SecretSettings.keyset("", wrappingKey)).hasMessageContaining("is set, but");
        assertThatThrownBy(() -> SecretSettings.wrapping("aws-kms://key")).hasMessageContaining("KeysetKms");
        String shortKey =
                Files.writeString(dir.resolve("short"), "aGFsbG8=").toUri().toString();
        assertThatThrownBy(() -> SecretSettings.wrapping(shortKey)).hasMessageContaining("has 5 bytes, not 32");
        assertThat(Keyset.parse(json, null).toString()).doesNotContain("value").contains("Keyset[");
    }

    @Test
    void shouldNotMakeKeysOfAPublicKeyset() {
        Keyset shared = Keyset.generate().publicOnly();
        assertThatThrownBy(shared::withNewKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(shared::withPrimaryOnly).isInstanceOf(IllegalStateException.class);
        assertThat(shared.publicOnly()).isSameAs(shared);
    }
}
