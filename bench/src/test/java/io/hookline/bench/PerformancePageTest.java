package io.hookline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerformancePageTest {
    private static final Path PAGE = Path.of("..", "docs", "performance.md");
    private static final Path RESULTS = Path.of("..", "docs", "performance.jsonl");

    private static String line(String figures, String machine) {
        return "{\"bench\":\"router\",\"figures\":{" + figures + "},\"machine\":{\"date\":\"2026-11-24T12:00:00Z\","
                + "\"cores\":2,\"cpu\":\"x\"" + machine + "}}";
    }

    @Test
    void shouldBeThePageInTheDocumentation() throws Exception {
        String page = PerformancePage.of(BenchCommand.all(), Files.readAllLines(RESULTS));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void shouldTakeTheNewestLineAndSayWhatIsNotReached() {
        String page = PerformancePage.of(
                BenchCommand.all(),
                List.of(
                        line("\"restore_1m_s\":20,\"fanout_100k_bytes\":1", ",\"loadBefore\":0.1"),
                        line("\"restore_1m_s\":14.5,\"index_bytes_per_subscription\":401", ",\"loadBefore\":0.1")));
        assertThat(page)
                .contains("| `restore_1m_s` | <= 15 s | 14.5 | yes |\n")
                .contains("| `index_bytes_per_subscription` | <= 400 bytes | 401 | **no** |\n")
                .contains("| `fanout_100k_bytes` | <= 5242880 bytes | | |\n")
                .contains("2026-11-24T12:00:00Z on x, 2 cores")
                .contains("## latency\n")
                .contains("Not measured on a quiet machine yet.");
    }

    @Test
    void shouldRefuseWhatMustNotBePublished() {
        assertThatThrownBy(() -> PerformancePage.of(BenchCommand.all(), List.of(line("", ",\"loadBefore\":0.6"))))
                .hasMessageContaining("busy machine");
        assertThatThrownBy(() -> PerformancePage.of(BenchCommand.all(), List.of(line("", ",\"quick\":true"))))
                .hasMessageContaining("quick");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"bench\":\"router\"}", "[]"})
    void shouldRefuseWhatIsNoResult(String line) {
        assertThatThrownBy(() -> PerformancePage.of(BenchCommand.all(), List.of(line)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
