package io.hookline.deploy.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.Hookline;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is refused before anything is made, in words. */
class DevCommandTest {
    @TempDir
    Path home;

    /** What a command did. */
    private record Ran(int exitCode, String err) {}

    @ParameterizedTest
    @CsvSource({
        "--port 99999, --port 99999 is not a port",
        "--registry-port -1, --registry-port -1 is not a port",
        "--partitions 0, --partitions 0 is not usable: choose 1 to 1000",
        "--port 9999 --registry-port 9999, are both 9999"
    })
    void shouldRefuseWhatIsOutOfRangeAndMakeNothing(String options, String said) {
        Path data = home.resolve("data");

        Ran ran = dev(data, options.split(" "));

        assertThat(ran.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err).contains(said);
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldEndBeforeKafkaStartsWhereTheRegistrysPortIsTaken() throws Exception {
        Path data = home.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = dev(data, "--port", "0", "--registry-port", Integer.toString(taken.getLocalPort()));

            assertThat(ran.exitCode).isEqualTo(ExitCode.CONFLICT);
            assertThat(ran.err)
                    .contains("port " + taken.getLocalPort(), "--registry-port")
                    .doesNotContain("starting");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void shouldRefuseADataDirectoryThatCannotBeOneInPlainWords() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "x");
        Path junk = Files.createDirectory(home.resolve("junk"));
        Files.writeString(junk.resolve("meta.properties"), "x=1\n");
        Path full = Files.createDirectory(home.resolve("full"));
        Files.writeString(full.resolve("letter.txt"), "x");

        for (Path data : List.of(file, file.resolve("below"), junk, full, junk, Path.of("/proc/no-such"))) {
            Ran ran = dev(data, "--port", "0", "--registry-port", "0");

            assertThat(ran.exitCode).as(ran.err).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err)
                    .contains(data.toString())
                    .containsPattern("Name an? (empty or a new )?directory")
                    .doesNotContain("Exception", "Delete");
        }
        assertThat(junk).isDirectoryNotContaining("glob:**.lock");
    }

    private Ran dev(Path data, String... options) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                name -> name.equals("HOME") ? home.toString() : null);
        List<String> arguments = new ArrayList<>(List.of("dev", "--data-dir", data.toString()));
        arguments.addAll(List.of(options));
        int exitCode = Hookline.run(console, List.of(new DevCommand(console)), arguments.toArray(String[]::new));
        return new Ran(exitCode, err.toString(UTF_8));
    }
}
