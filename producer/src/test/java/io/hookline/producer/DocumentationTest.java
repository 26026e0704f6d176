package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.producer.listener.ListenerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/producer.md says what is. */
class DocumentationTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final String page = read(Path.of("..", "docs", "producer.md"));

    @Test
    void shouldShowSamplesThatAreRun() {
        String run = stripped(read(Path.of("src", "test", "java", "io", "hookline", "producer", "SamplesIT.java")));
        List<String> samples =
                JAVA.matcher(page).results().map(m -> stripped(m.group(1))).toList();
        assertThat(samples)
                .hasSizeGreaterThan(6)
                .allSatisfy(sample -> assertThat(run).contains(sample));
    }

    @Test
    void shouldListEverySetting() {
        String table = ListenerSettings.definition().configKeys().values().stream()
                .map(DocumentationTest::row)
                .collect(Collectors.joining("\n"));
        assertThat(page).endsWith("| setting | default | |\n|---|---|---|\n" + table + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void shouldListEveryReason(EmitException.Reason reason) {
        assertThat(page).contains("| `" + reason + "` |");
    }

    private static String row(ConfigKey key) {
        String value = String.valueOf(key.defaultValue);
        return "| `" + key.name + "` | " + (value.isEmpty() ? "" : "`" + value + "`") + " | " + key.documentation
                + " |";
    }

    private static String stripped(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
