package io.hookline.testkit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeCodecTest {

    static Stream<Change> changes() {
        return Stream.of(
                new Change.Version("a", 1, 7, "\"string\"", false, false),
                new Change.Version("ü/ \"q\"", Integer.MAX_VALUE, Integer.MAX_VALUE, "{\"type\":\"int\"}", true, false),
                new Change.Version("a", 1, 7, "\"string\"", true, true),
                new Change.Level("a", Compatibility.FULL),
                new Change.Level("a", null),
                new Change.Level(null, Compatibility.NONE),
                new Change.Level(null, null));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldReadBackWhatItWrote(Change change) throws IOException {
        assertThat(ChangeCodec.read(ChangeCodec.key(change), ChangeCodec.value(change)))
                .contains(change);
    }

    /** As Confluent's registry writes them. */
    @Test
    void shouldWriteConfluentsOwnRecords() {
        Change version = new Change.Version("a", 2, 7, "\"string\"", false, false);
        assertThat(new String(ChangeCodec.key(version), UTF_8))
                .isEqualTo("{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":2,\"magic\":1}");
        assertThat(new String(ChangeCodec.value(version), UTF_8))
                .isEqualTo(
                        "{\"subject\":\"a\",\"version\":2,\"id\":7,\"schema\":\"\\\"string\\\"\",\"deleted\":false}");
        Change level = new Change.Level(null, Compatibility.BACKWARD);
        assertThat(new String(ChangeCodec.key(level), UTF_8))
                .isEqualTo("{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}");
        assertThat(new String(ChangeCodec.value(level), UTF_8)).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
    }
}
