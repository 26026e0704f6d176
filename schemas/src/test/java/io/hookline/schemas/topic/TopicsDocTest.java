package io.hookline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in docs/topics.md is what the catalogue says. */
class TopicsDocTest {
    private static final Path PAGE = Path.of("../docs/topics.md");
    private static final String BEGIN = "<!-- topics: made by TopicsDocTest, see the end of this page -->\n";
    private static final String END = "<!-- end of topics -->\n";
    private static final int P = 9973;
    private static final int OWN = 9967;

    @Test
    void shouldShowTheCatalogue() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("the marks in %s", PAGE).isGreaterThanOrEqualTo(begin);

        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("%s; make it anew with -Dtest=TopicsDocTest -Ddocs.write=true", PAGE)
                .isEqualTo(table());
    }

    private static String table() {
        TopicCatalogue catalogue = new TopicCatalogue(TopicNames.DEFAULT, P);
        List<TopicSpec> all = new ArrayList<>();
        all.add(catalogue.events("TYPE", OWN));
        all.addAll(catalogue.pipeline());
        StringBuilder table = new StringBuilder();
        table.append("| topic | key | value | partitions | kept | settings |\n|---|---|---|---|---|---|\n");
        for (TopicSpec topic : all) {
            table.append("| `%s` | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            topic.name(),
                            topic.key(),
                            topic.value(),
                            partitions(topic.partitions()),
                            kept(topic.config()),
                            settings(topic.config())));
        }
        return table.toString();
    }

    private static String partitions(int number) {
        return number == P ? "P" : number == OWN ? "its own" : String.valueOf(number);
    }

    private static String kept(Map<String, String> config) {
        String retention = config.get("retention.ms");
        return retention == null
                ? "the last of each key"
                : Duration.ofMillis(Long.parseLong(retention)).toDays() + " days";
    }

    private static String settings(Map<String, String> config) {
        return config.entrySet().stream()
                .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
                .collect(Collectors.joining("<br>"));
    }
}
