package io.hookline.ops.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.deliverer.DelivererSettings;
import io.hookline.ops.kafka.OpsSettings;
import io.hookline.producer.ProducerSettings;
import io.hookline.producer.listener.ListenerSettings;
import io.hookline.router.RouterSettings;
import io.hookline.schemas.registry.RegistrySettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/configuration.md are what the code says. To write them anew: {@code mvn -q verify -pl ops -am -Dquick
 * -DskipTests=false -DskipITs -Dtest=ConfigurationDocTest -Dsurefire.jvm.args=-Dgolden.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ConfigurationDocTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern SECTION = Pattern.compile("(?s)<!-- (\\w+) -->\n.*?<!-- end -->");

    @Test
    void shouldHaveTheTablesThatTheCodeSays() throws Exception {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("router", table(RouterSettings.definition(), Set.of()));
        tables.put("deliverer", table(DelivererSettings.definition(), Set.of()));
        tables.put("producer", table(ProducerSettings.definition(), Set.of()));
        tables.put(
                "listener",
                table(
                        ListenerSettings.definition(),
                        ProducerSettings.definition().names()));
        tables.put("commands", table(OpsSettings.definition(), Set.of()));
        String page = Files.readString(PAGE);
        Set<String> sections = new HashSet<>();

        String made = SECTION.matcher(page).replaceAll(section -> {
            sections.add(section.group(1));
            return Matcher.quoteReplacement(
                    "<!-- " + section.group(1) + " -->\n" + tables.get(section.group(1)) + "<!-- end -->");
        });

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(sections).isEqualTo(tables.keySet());
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    @Test
    void shouldDescribeEverySetting() {
        for (ConfigDef definition : new ConfigDef[] {
            RouterSettings.definition(),
            DelivererSettings.definition(),
            ListenerSettings.definition(),
            OpsSettings.definition()
        }) {
            assertThat(definition.configKeys().values())
                    .allSatisfy(
                            key -> assertThat(key.documentation).as(key.name).isNotBlank());
        }
    }

    /** Their table is in a page of its own. */
    @Test
    void shouldNameEverySettingOfTheRegistrysClient() throws Exception {
        String page = Files.readString(PAGE.resolveSibling("schema-registry.md"));
        for (Field field : RegistrySettings.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                assertThat(page).contains(String.valueOf(field.get(null)));
            }
        }
    }

    private static String table(ConfigDef definition, Set<String> without) {
        StringBuilder table = new StringBuilder("| setting | default | meaning |\n|---|---|---|\n");
        for (ConfigKey key : definition.configKeys().values()) {
            if (!without.contains(key.name)) {
                String value = String.valueOf(key.defaultValue);
                table.append("| `" + key.name + "` | " + (value.isEmpty() ? "" : "`" + value + "`") + " | "
                        + key.documentation.replace("|", "\\|") + " |\n");
            }
        }
        return table.toString();
    }
}
