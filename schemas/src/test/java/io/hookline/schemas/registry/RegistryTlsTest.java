package io.hookline.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegistryTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path dir;

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(keyStore("localhost"))));
        server.createContext(
                "/", exchange -> ScriptedRegistry.answer(exchange, 200, "{\"schema\":\"\\\"string\\\"\"}"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Path keyStore(String host) throws Exception {
        Path file = dir.resolve(host + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "me",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return file;
    }

    private static SSLContext identity(Path keyStore) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private SchemaRegistryClient client(Path trusted) {
        return SchemaRegistryClient.create(Map.of(
                "schema.registry.url",
                "https://localhost:" + server.getAddress().getPort(),
                "schema.registry.ssl.truststore.location",
                trusted.toString(),
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.truststore.password",
                PASSWORD));
    }

    @Test
    void shouldTrustWhatTheTrustStoreHolds() {
        try (SchemaRegistryClient client = client(dir.resolve("localhost.p12"))) {
            assertThat(client.byId(1)).isEqualTo(Schema.create(Schema.Type.STRING));
        }
    }

    @Test
    void shouldNotTrustAnyoneElse() throws Exception {
        try (SchemaRegistryClient client = client(keyStore("elsewhere"))) {
            assertThatThrownBy(() -> client.byId(1))
                    .isInstanceOf(RegistryException.Unreachable.class)
                    .hasMessageContaining("SSL");
        }
        try (SchemaRegistryClient client = SchemaRegistryClient.create(Map.of(
                "schema.registry.url",
                "https://localhost:" + server.getAddress().getPort()))) {
            assertThatThrownBy(() -> client.byId(1)).isInstanceOf(RegistryException.Unreachable.class);
        }
    }
}
