package io.hookline.ops.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentPageTest {
    private static final Path PAGE = Path.of("..", "docs", "subscriptions.md");

    @Test
    void shouldBeThePageInTheDocumentation() throws Exception {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, DocumentPage.text());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(DocumentPage.text());
    }

    @Test
    void shouldShowAnExampleThatIsValid() {
        String yaml = DocumentPage.text().replaceAll("(?s).*```yaml\n(.*?)```.*", "$1");

        assertThat(SubscriptionDocument.parse("x.yaml", yaml).problems()).isEmpty();
    }
}
