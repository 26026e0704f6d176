package io.hookline.deploy.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.RememberedDefaults;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two at once: neither leaves the users of the other without a Kafka. */
class DevDefaultsTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Console console;
    private RememberedDefaults file;
    private ServerSocket firstKafka;
    private ServerSocket secondKafka;

    @BeforeEach
    void open() throws IOException {
        console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                name -> name.equals("HOME") ? home.toString() : null);
        file = RememberedDefaults.of(console);
        firstKafka = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        secondKafka = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        firstKafka.close();
        secondKafka.close();
    }

    @Test
    void shouldWarnAndPutBackWhatStillRuns() {
        DevDefaults first = started(firstKafka);
        DevDefaults second = started(secondKafka);
        assertThat(err.toString(UTF_8)).contains("warning: another 'hookline dev' still runs", servers(firstKafka));
        assertThat(file.load()).isEqualTo(entry(secondKafka));

        second.forget();
        assertThat(file.load()).isEqualTo(entry(firstKafka));
        first.forget();
        assertThat(file.load()).isEmpty();
    }

    @Test
    void shouldLeaveTheEntryOfAnotherAlone() throws IOException {
        DevDefaults first = started(firstKafka);
        DevDefaults second = started(secondKafka);

        first.forget();
        firstKafka.close();
        assertThat(file.load()).isEqualTo(entry(secondKafka));
        second.forget();
        assertThat(file.load()).isEmpty();
    }

    @Test
    void shouldReplaceWhatIsGoneWithoutAWord() throws IOException {
        started(firstKafka);
        firstKafka.close();

        started(secondKafka);

        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(file.load()).isEqualTo(entry(secondKafka));
    }

    private DevDefaults started(ServerSocket kafka) {
        DevDefaults defaults = new DevDefaults(console, file);
        assertThat(defaults.remember(entry(kafka))).isTrue();
        return defaults;
    }

    private static Map<String, String> entry(ServerSocket kafka) {
        return Map.of("bootstrap.servers", servers(kafka), "schema.registry.url", "http://127.0.0.1:1");
    }

    private static String servers(ServerSocket kafka) {
        return "127.0.0.1:" + kafka.getLocalPort();
    }
}
