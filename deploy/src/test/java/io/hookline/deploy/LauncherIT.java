package io.hookline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.topic.Topics;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.registry.DevRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.SystemLimitException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as users start it: as a process, from anywhere, out of the source tree and out of the tarball. */
@ExtendWith(KafkaExtension.class)
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    private static final Path LAUNCHER =
            Path.of("..", "hookline").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    /** What a process did. */
    private record Ran(int exitCode, String out, String err) {}

    @Test
    void shouldRunThroughASymbolicLinkFromAnotherDirectory() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("a bin"));
        Path link = Files.createSymbolicLink(bin.resolve("hl"), LAUNCHER);
        Path relative = Files.createSymbolicLink(bin.resolve("hl2"), Path.of("hl"));

        assertThat(run(link, Map.of(), "--version").out()).startsWith("hookline 0.");
        assertThat(run(relative, Map.of(), "--version").out()).startsWith("hookline 0.");
    }

    @Test
    void shouldFindAnotherJavaWhereJavaHomeHasNone() throws Exception {
        Ran ran = run(LAUNCHER, Map.of("JAVA_HOME", directory.toString()), "--version");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("hookline 0.");
    }

    /** As from cron, a service manager or {@code env -i}. */
    @Test
    void shouldRunWhereTheEnvironmentHasNothingButAPath() throws Exception {
        ProcessBuilder builder = builder(LAUNCHER, Map.of(), "--help");
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("HOOKLINE_NO_BUILD", "1");

        Ran ran = run(builder);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("Usage: hookline");
        assertThat(ran.err()).isEmpty();
    }

    /** The name is Avro's own; a wrong one would be ignored in silence. */
    @Test
    void shouldLimitWhatAHostileAvroArrayCanReserve() throws Exception {
        Ran ran = run(LAUNCHER, Map.of("HOOKLINE_JVM_OPTS", "-XshowSettings:properties"), "--version");

        assertThat(ran.err())
                .contains(SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY + " = "
                        + TopicCatalogue.RECORD_BYTES_MAX);
    }

    /** Another program has the directory, the file of defaults cannot be written: the one ends it with 5, the other is only said. */
    @Test
    void shouldRunDevWithoutRememberingAndSayThatItsDirectoryIsInUse() throws Exception {
        Path notADirectory = Files.writeString(directory.resolve("config"), "");
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", notADirectory.toString());
        String[] dev = {"dev", "--port", "0", "--registry-port", "0", "--partitions", "1"};
        File err = directory.resolve("dev.err").toFile();
        Process process = builder(LAUNCHER, environment, dev).redirectError(err).start();
        try {
            Awaitility.await()
                    .atMost(90, TimeUnit.SECONDS)
                    .until(() ->
                            !process.isAlive() || Files.readString(err.toPath()).contains("Ctrl-C stops it"));
            Ran second = run(LAUNCHER, environment, dev);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            String said = Files.readString(err.toPath());
            assertThat(process.exitValue()).as(said).isEqualTo(143);
            assertThat(said)
                    .contains("warning: Cannot write the file of remembered defaults " + notADirectory)
                    .containsPattern("hookline subscriptions list --bootstrap-server \\S+ --registry-url http")
                    .contains("stopping")
                    .as("a healthy start and stop alarms nobody")
                    .doesNotContain("WARN  o.a.k.", "ERROR", "Exception");
            assertThat(second.exitCode()).as(second.err()).isEqualTo(5);
            assertThat(second.err()).contains("is in use by another Kafka (process " + process.pid());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldPassArgumentsAndExitCodesUnchanged() throws Exception {
        Ran wrong = run(LAUNCHER, Map.of(), "emit", "two words", "--data", "{}", "--bootstrap-server", "127.0.0.1:1");
        Ran dead = run(LAUNCHER, Map.of(), "topics", "check", "--bootstrap-server", "127.0.0.1:1");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("'two words'");
        assertThat(dead.exitCode()).isEqualTo(4);
        assertThat(dead.out()).isEmpty();
        assertThat(dead.err().lines()).as(dead.err()).hasSize(1);
    }

    /** The layout of the tarball, without a build file anywhere above it. */
    @Test
    void shouldRunUnpackedInADirectoryWithSpaces() throws Exception {
        Path unpacked = Files.createDirectories(directory.resolve("un packed"));
        Files.copy(LAUNCHER, unpacked.resolve("hookline"));
        assertThat(unpacked.resolve("hookline").toFile().setExecutable(true)).isTrue();
        Files.createDirectories(unpacked.resolve("lib"));
        try (Stream<Path> jars = Files.list(Path.of("target", "hookline", "lib"))) {
            for (Path jar : jars.filter(j -> j.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(unpacked.resolve("lib").resolve(jar.getFileName()), jar.toAbsolutePath());
            }
        }

        assertThat(run(unpacked.resolve("hookline"), Map.of("PATH", pathWithoutMaven()), "--version")
                        .out())
                .startsWith("hookline 0.");
    }

    @Test
    void shouldSayThatADistributionIsIncomplete() throws Exception {
        Path alone = Files.copy(LAUNCHER, directory.resolve("hookline"));
        assertThat(alone.toFile().setExecutable(true)).isTrue();

        Ran ran = run(alone, Map.of(), "--version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("the distribution is incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"router", "deliverer"})
    void shouldCloseAServiceCleanlyWhenToldToEnd(String service, KafkaSpace space) throws Exception {
        try (DevRegistry registry = DevRegistry.builder(space.bootstrapServers())
                .topic(space.name("_schemas"))
                .start()) {
            Map<String, String> settings = Map.of(
                    "bootstrap.servers", space.bootstrapServers(),
                    "schema.registry.url", registry.url(),
                    "topics.prefix", space.prefix());
            try (KafkaConnection kafka = KafkaConnection.open(settings)) {
                new Topics(kafka).create(new TopicCatalogue(kafka.names(), 2).pipeline(), 1, false);
            }
            File err = directory.resolve(service + ".err").toFile();
            Process process = builder(
                            LAUNCHER,
                            Map.of(),
                            service,
                            "--bootstrap-server",
                            space.bootstrapServers(),
                            "--registry-url",
                            registry.url(),
                            "--prefix",
                            space.prefix())
                    .redirectError(err)
                    .start();
            try {
                Awaitility.await()
                        .atMost(90, TimeUnit.SECONDS)
                        .until(() -> !process.isAlive()
                                || Files.readString(err.toPath()).contains("is running"));
                process.destroy();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue())
                        .as(Files.readString(err.toPath()))
                        .isZero();
                assertThat(Files.readString(err.toPath())).contains("closed").doesNotContain("ERROR i.h.");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Ran run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        return run(builder(launcher, environment, arguments));
    }

    private Ran run(ProcessBuilder builder) throws Exception {
        File out = Files.createTempFile(directory, "out", "").toFile();
        File err = Files.createTempFile(directory, "err", "").toFile();
        Process process = builder.redirectOutput(out).redirectError(err).start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            return new Ran(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            process.destroyForcibly();
        }
    }

    private ProcessBuilder builder(Path launcher, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("HOOKLINE_NO_BUILD", "1");
        builder.environment().put("HOME", directory.toString());
        builder.environment().remove("XDG_CONFIG_HOME");
        builder.environment().putAll(environment);
        return builder;
    }

    private static String pathWithoutMaven() {
        return "/usr/bin:/bin";
    }
}
