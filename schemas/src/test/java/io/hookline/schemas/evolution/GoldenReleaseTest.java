package io.hookline.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.schemas.serde.GeneratedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays an earlier release, whose schemas and bytes are made from today's. */
class GoldenReleaseTest {
    private static final String VERSION = "0.1.0";

    @TempDir
    private Path released;

    @TempDir
    private Path golden;

    @BeforeAll
    static void trustGeneratedClasses() {
        GeneratedClasses.trust();
    }

    @BeforeEach
    void record() throws IOException {
        copy(Path.of("src/main/avro"), released.resolve(VERSION));
        copy(Path.of("src/test/resources/golden/current"), golden.resolve(VERSION));
    }

    @Test
    void shouldUnderstandTheSameRelease() throws IOException {
        assertThat(problems()).isEmpty();
    }

    /** The release had no tenant yet, and had a field that is gone today. */
    @Test
    void shouldUnderstandAReleaseThatKnewOtherFields() throws IOException {
        edit("UserRegister.avsc", "\"name\": \"email\"", "\"name\": \"phone\"");
        edit("EndpointStatus.avsc", "\"name\": \"sequence\"", "\"name\": \"counter\"");

        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldNoticeBytesThatReadAsSomethingElse() throws IOException {
        write("OrderCreated", GoldenFile.read(file("UserRegister")));
        byte[] attempt = GoldenFile.read(file("Attempt"));
        attempt[2] = 'M';
        write("Attempt", attempt);

        assertThat(problems())
                .hasSize(2)
                .anyMatch(p -> p.startsWith("Attempt of release 0.1.0 reads as ") && p.contains("Msg_"))
                .anyMatch(p -> p.startsWith("OrderCreated of release 0.1.0 cannot be read today"));
    }

    @Test
    void shouldNoticeAFormatThatThisCodeNoLongerReads() throws IOException {
        byte[] instance = GoldenFile.read(file("Instance"));
        instance[0] = 4;
        write("Instance", instance);

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("Instance of release 0.1.0 cannot be read today", "formatVersion 2");
    }

    @Test
    void shouldNotForgetARecordOfARelease() throws IOException {
        write("Forgotten", new byte[] {1});

        assertThat(problems()).singleElement().asString().contains("Forgotten of release 0.1.0", "GoldenRecords");
    }

    private List<String> problems() throws IOException {
        return GoldenRelease.problems(new Releases(released), golden, VERSION);
    }

    private Path file(String name) {
        return golden.resolve(VERSION).resolve(name + ".hex");
    }

    private void write(String name, byte[] bytes) throws IOException {
        GoldenFile.write(file(name), List.of("changed"), bytes);
    }

    private void edit(String name, String from, String to) throws IOException {
        Path file = released.resolve(VERSION).resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
