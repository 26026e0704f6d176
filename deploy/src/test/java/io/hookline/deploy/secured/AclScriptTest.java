package io.hookline.deploy.secured;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.access.AccessRights;
import io.hookline.ops.access.AclScript;
import io.hookline.ops.access.Role;
import io.hookline.schemas.topic.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The script and the page say what the code says. {@code -Dgolden.write=true} writes both anew. */
class AclScriptTest {
    private static final Path PAGE = Path.of("../docs/security.md");

    @Test
    void shouldShipWhatTheCodeSays() throws Exception {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(ShippedAcls.SCRIPT, AclScript.text());
            assertThat(ShippedAcls.SCRIPT.toFile().setExecutable(true, false)).isTrue();
        }
        assertThat(ShippedAcls.SCRIPT).hasContent(AclScript.text());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldGrantExactlyThoseRightsWhenAShellRunsIt(Role role) throws Exception {
        TopicNames names = new TopicNames("shop.");
        assertThat(ShippedAcls.of(role, "User:some-one", names.prefix()))
                .containsExactlyElementsOf(new AccessRights(names).bindings(role, "User:some-one"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldBeWhatTheSecurityPageLists(Role role) throws Exception {
        String page = Files.readString(PAGE);
        String row = "| " + role.label() + " | " + role.who() + " | " + AclScript.summary(role) + " |";
        if (Boolean.getBoolean("golden.write")) {
            page = page.replaceAll("(?m)^\\| " + role.label() + " \\| .*$", row);
            Files.writeString(PAGE, page);
        }
        assertThat(page).contains(row);
    }
}
