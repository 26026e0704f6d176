package io.hookline.deliverer.secret;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The settings that name the keyset: the same for deliverers and for commands. */
public final class SecretSettings {
    public static final String KEYSET_FILE = "secrets.keyset.file";
    public static final String WRAPPING_KEY = "secrets.keyset.wrapping.key";

    private SecretSettings() {}

    /** Adds them to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        KEYSET_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "File with the keyset that secrets of subscriptions are encrypted to (hookline keyset create). Deliverers need the private one; who writes"
                                + " subscriptions, the public one. Empty: secrets are stored in clear.")
                .define(
                        WRAPPING_KEY,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "URI of the key that the keyset file itself is encrypted with: file:/path (32 bytes in base 64), or one that a KeysetKms on the class"
                                + " path knows. Empty: the file is not encrypted.");
    }

    /**
     * The keyset that the settings name, or null for none. Reads files, and may ask a key management service once.
     *
     * @throws ConfigException where it cannot be used
     */
    public static @Nullable Keyset keyset(String keysetFile, String wrappingKey) {
        if (keysetFile.isEmpty()) {
            if (!wrappingKey.isEmpty()) {
                throw new ConfigException(WRAPPING_KEY, wrappingKey, "is set, but " + KEYSET_FILE + " is not");
            }
            return null;
        }
        try {
            return Keyset.parse(
                    Files.readString(Path.of(keysetFile)), wrappingKey.isEmpty() ? null : wrapping(wrappingKey));
        } catch (IOException e) {
            throw new ConfigException(KEYSET_FILE, keysetFile, "it cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KEYSET_FILE, keysetFile, e.getMessage());
        }
    }

    /**
     * What a wrapping key encrypts with.
     *
     * @throws IllegalArgumentException where nobody knows it, or it cannot be used
     */
    public static Aead wrapping(String keyUri) {
        FileKms file = new FileKms();
        if (file.knows(keyUri)) {
            return file.aead(keyUri);
        }
        for (KeysetKms kms : ServiceLoader.load(KeysetKms.class)) {
            if (kms.knows(keyUri)) {
                return kms.aead(keyUri);
            }
        }
        throw new IllegalArgumentException("no key management service on the class path knows the wrapping key "
                + keyUri + ": put the jar with its KeysetKms into lib, or use file:/path");
    }
}
