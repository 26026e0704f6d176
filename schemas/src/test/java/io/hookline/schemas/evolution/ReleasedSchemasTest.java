package io.hookline.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build step that fails on an incompatible change against any released set. */
class ReleasedSchemasTest {
    private static final Path AVRO = Path.of("src/main/avro");

    @TempDir
    private Path temporary;

    @Test
    void shouldRunSideBySideWithEveryRelease() {
        String version = System.getProperty("hookline.version", "unknown");
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(Releases.OURS.problems(SchemaSet.read(AVRO), version))
                .as("see docs/decisions/schema-evolution.md")
                .isEmpty();
    }

    @Test
    void shouldAcceptWhatWasJustRecorded() throws IOException {
        record("0.1.0");

        assertThat(problems("0.1.0")).isEmpty();
        assertThat(problems("0.2.0-SNAPSHOT")).isEmpty();
    }

    @Test
    void shouldNotLetAReleaseOutWithoutItsSchemas() throws IOException {
        record("0.1.0");

        assertThat(problems("0.2.0")).singleElement().asString().contains("0.2.0", "-Precord-release -Dreleased=0.2.0");
    }

    @Test
    void shouldNotLetAReleaseOutWithOtherSchemasThanItsOwn() throws IOException {
        record("0.1.0");
        edit("0.1.0", "Instance.avsc", "\"doc\": \"Instance id.\"", "\"doc\": \"Edited.\"");
        assertThat(problems("0.1.0")).isEmpty();
        edit("0.1.0", "Instance.avsc", "\"name\": \"host\"", "\"name\": \"hostname\"");

        assertThat(problems("0.1.0")).singleElement().asString().contains("not those it would ship");
    }

    /** Transitive: what release 0.1.0 had is compared even where 0.2.0, wrongly, had given it up. */
    @Test
    void shouldCompareWithEveryReleaseNotOnlyTheLast() throws IOException {
        record("0.1.0");
        record("0.2.0");
        edit("0.1.0", "Attempt.avsc", "\"name\": \"webhookId\"", "\"name\": \"messageId\"");

        assertThat(problems("0.3.0-SNAPSHOT"))
                .anyMatch(p -> p.startsWith("Against release 0.1.0: Attempt.messageId: is gone"))
                .noneMatch(p -> p.contains("0.2.0"));
    }

    @Test
    void shouldNameADirectoryThatIsNoRelease() throws IOException {
        Files.createDirectories(temporary.resolve("0.1.0-dev"));
        Files.createDirectories(temporary.resolve("0.2.0"));

        assertThat(problems("0.3.0-SNAPSHOT"))
                .hasSize(2)
                .anyMatch(p -> p.contains("0.1.0-dev is not named by a release"))
                .anyMatch(p -> p.contains("0.2.0 holds no .avsc file"));
    }

    @Test
    void shouldHaveNothingToSayBeforeTheFirstRelease() {
        assertThat(new Releases(temporary.resolve("absent")).problems(SchemaSet.read(AVRO), "0.1.0-SNAPSHOT"))
                .isEmpty();
    }

    private List<String> problems(String projectVersion) {
        return new Releases(temporary).problems(SchemaSet.read(AVRO), projectVersion);
    }

    private void record(String version) throws IOException {
        Path set = Files.createDirectories(temporary.resolve(version));
        try (Stream<Path> files = Files.list(AVRO)) {
            for (Path file : files.toList()) {
                Files.copy(file, set.resolve(file.getFileName()));
            }
        }
    }

    private void edit(String version, String file, String from, String to) throws IOException {
        Path path = temporary.resolve(version).resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }
}
