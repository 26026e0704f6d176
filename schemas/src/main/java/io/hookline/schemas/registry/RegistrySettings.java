package io.hookline.schemas.registry;

/**
 * The configuration keys the client reads, by Confluent's names. Each is accepted bare or with the prefix {@code
 * schema.registry.}, as Confluent's client does; keys it does not know are left alone, because they arrive mixed with Kafka's.
 */
public final class RegistrySettings {
    /** Addresses separated by commas, tried in turn; required. */
    public static final String URL = "schema.registry.url";

    /** {@code USER_INFO} (from {@link #BASIC_USER_INFO}) or {@code URL} (from {@code https://user:password@host}, the default). */
    public static final String BASIC_SOURCE = "basic.auth.credentials.source";

    /** {@code user:password}. */
    public static final String BASIC_USER_INFO = "basic.auth.user.info";

    /** {@code STATIC_TOKEN}, which takes {@link #BEARER_TOKEN}. */
    public static final String BEARER_SOURCE = "bearer.auth.credentials.source";

    /** The token itself, without the word Bearer. */
    public static final String BEARER_TOKEN = "bearer.auth.token";

    /** Milliseconds to connect to one address; 5,000. */
    public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";

    /** Milliseconds for one address to answer in full, connecting included; 10,000. */
    public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";

    /** Whether writers register their schema (true) or only look it up (false); true. */
    public static final String AUTO_REGISTER = "auto.register.schemas";

    /** Whether the registry compares schemas in normal form; false. */
    public static final String NORMALIZE = "normalize.schemas";

    /** What stands before Kafka's {@code ssl.*} names to configure TLS for the registry alone. */
    public static final String SSL_PREFIX = "schema.registry.ssl.";

    /** The optional prefix of all names above. */
    static final String PREFIX = "schema.registry.";

    private RegistrySettings() {}
}
