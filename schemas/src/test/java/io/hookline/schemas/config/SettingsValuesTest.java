package io.hookline.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SettingsValuesTest {
    private static final ConfigDef NONE = new ConfigDef();

    @Test
    void shouldTakeValuesAsKafkasClientsTakeThem() {
        Properties given = new Properties();
        given.put("bootstrap.servers", List.of("a:1", "b:2"));
        given.put("retries", 7);
        given.put("value.serializer", StringSerializer.class);
        given.put("ssl.key.password", new Password("secret"));

        Settings settings = Settings.parse(NONE, given);

        assertThat(settings.client(Settings.PRODUCER))
                .isEqualTo(Map.of(
                        "bootstrap.servers", "a:1,b:2",
                        "retries", "7",
                        "value.serializer", StringSerializer.class.getName(),
                        "ssl.key.password", "secret"));
    }

    @Test
    void shouldTakeConfluentsSettingsByTheirBareNames() {
        Map<String, Object> given =
                Map.of("schema.registry.url", "http://r", "auto.register.schemas", false, "http.read.timeout.ms", 5);

        assertThat(Settings.parse(NONE, given).registry())
                .isEqualTo(Map.of(
                        "schema.registry.url", "http://r",
                        "auto.register.schemas", "false",
                        "http.read.timeout.ms", "5"));
    }

    @Test
    void shouldNameASettingWithoutAValue() {
        Map<String, Object> given = new HashMap<>();
        given.put("bootstrap.servers", null);

        assertThatThrownBy(() -> Settings.parse(NONE, given))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Setting 'bootstrap.servers' has no value: leave it out, or give it one.");
    }
}
