package io.hookline.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.schemas.FormatVersions;
import io.hookline.schemas.serde.GeneratedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the bytes of every record that outlives a release. {@code golden/current} is what this code writes; {@code golden/<version>} what
 * a release wrote, which this code has to read. How to add one: {@code docs/decisions/schema-evolution.md}.
 */
class GoldenBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path CURRENT = GOLDEN.resolve("current");

    @BeforeAll
    static void prepare() throws IOException {
        GeneratedClasses.trust();
        if (Boolean.getBoolean("golden.record")) {
            recordMissing();
        }
    }

    /** Never overwrites: who means to change a golden file deletes it first, which a reviewer sees. */
    private static void recordMissing() throws IOException {
        for (var golden : GoldenRecords.all().entrySet()) {
            Path file = CURRENT.resolve(golden.getKey() + ".hex");
            if (!Files.exists(file)) {
                Schema schema = golden.getValue().getSchema();
                List<String> comments = List.of(
                        schema.getFullName() + ": " + schema.getDoc(),
                        "Avro binary without the wire format's header, of GoldenRecords \"" + golden.getKey() + "\":",
                        golden.getValue().toString());
                GoldenFile.write(file, comments, AvroBytes.of(golden.getValue()));
            }
        }
    }

    static Set<String> names() {
        return GoldenRecords.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadAndWriteExactlyTheGoldenBytes(String name) throws IOException {
        SpecificRecord expected = GoldenRecords.all().get(name);
        byte[] golden = GoldenFile.read(CURRENT.resolve(name + ".hex"));

        assertThat(HexFormat.of().formatHex(AvroBytes.of(expected)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        SpecificRecord read = AvroBytes.read(golden, expected.getSchema(), expected.getClass());
        assertThat(AvroBytes.same(read, expected)).as("%s", read).isTrue();
        assertThat(FormatVersions.check(read)).isSameAs(read);
    }

    @Test
    void shouldHaveAFileForEachRecordAndARecordForEachFile() throws IOException {
        assertThat(fileNames(CURRENT)).isEqualTo(new TreeSet<>(names()));
    }

    @Test
    void shouldPinEveryRecordThatIsWrittenToATopic() {
        Set<String> written = new TreeSet<>();
        SchemaSet.read(Path.of("src/main/avro")).byName().forEach((name, schema) -> {
            boolean versioned = schema.getType() == Schema.Type.RECORD && schema.getField("formatVersion") != null;
            if (versioned || name.startsWith("io.hookline.events.")) {
                written.add(name);
            }
        });
        Set<String> pinned = new TreeSet<>();
        GoldenRecords.all()
                .values()
                .forEach(record -> pinned.add(record.getSchema().getFullName()));

        assertThat(pinned).isEqualTo(written);
    }

    /** A field that is always absent or at its default could change its meaning without anyone noticing. */
    @Test
    void shouldPinEveryField() {
        Set<String> all = new TreeSet<>();
        Set<String> pinned = new TreeSet<>();
        GoldenRecords.all().values().forEach(record -> collect(record, all, pinned));
        all.removeAll(pinned);
        all.removeIf(field -> field.endsWith(".formatVersion"));

        assertThat(all).isEmpty();
    }

    private static void collect(IndexedRecord record, Set<String> all, Set<String> pinned) {
        for (Schema.Field field : record.getSchema().getFields()) {
            String name = record.getSchema().getName() + "." + field.name();
            Object value = record.get(field.pos());
            all.add(name);
            Object usual = field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : null;
            if (value != null && !value.toString().equals(String.valueOf(usual))) {
                pinned.add(name);
            }
            Stream.of(value)
                    .flatMap(inner -> inner instanceof List<?> items ? items.stream() : Stream.of(inner))
                    .forEach(inner -> {
                        if (inner instanceof IndexedRecord nested) {
                            collect(nested, all, pinned);
                        }
                    });
        }
    }

    /** Both directions: this code reads what a release wrote, and that release reads what this code writes. */
    @Test
    void shouldUnderstandTheBytesOfEveryRelease() throws IOException {
        for (String version : Releases.OURS.versions()) {
            assertThat(GoldenRelease.problems(Releases.OURS, GOLDEN, version)).isEmpty();
        }
    }

    static Set<String> fileNames(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString().replaceFirst("\\.hex$", "")));
        }
        return new TreeSet<>(names);
    }
}
