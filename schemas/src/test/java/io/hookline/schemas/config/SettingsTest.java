package io.hookline.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String HUSH = "hush-do-not-show";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define("topic.prefix", ConfigDef.Type.STRING, "", Importance.LOW, "")
            .define("max.in.flight", ConfigDef.Type.INT, 512, ConfigDef.Range.between(1, 10_000), Importance.LOW, "")
            .define("max.age.ms", ConfigDef.Type.LONG, 604_800_000L, Importance.LOW, "")
            .define("failure.ratio", ConfigDef.Type.DOUBLE, 0.5, Importance.LOW, "")
            .define("dry.run", ConfigDef.Type.BOOLEAN, false, Importance.LOW, "")
            .define("allowed.networks", ConfigDef.Type.LIST, List.of("10.0.0.0/8"), Importance.LOW, "")
            .define(
                    "keyset.password",
                    ConfigDef.Type.PASSWORD,
                    "none",
                    new AtLeastFourCharacters(),
                    Importance.LOW,
                    "");

    @Test
    void shouldHaveAllDefaults() {
        Settings settings = Settings.parse(DEFINITION, Map.of());

        assertThat(settings.text("topic.prefix")).isEmpty();
        assertThat(settings.integer("max.in.flight")).isEqualTo(512);
        assertThat(settings.number("max.age.ms")).isEqualTo(604_800_000L);
        assertThat(settings.fraction("failure.ratio")).isEqualTo(0.5);
        assertThat(settings.flag("dry.run")).isFalse();
        assertThat(settings.list("allowed.networks")).containsExactly("10.0.0.0/8");
        assertThat(settings.secret("keyset.password")).isEqualTo("none");
        assertThat(settings.client(Settings.CONSUMER)).isEmpty();
        assertThat(settings.registry()).isEmpty();
    }

    @Test
    void shouldMapEveryKey() {
        Settings settings = Settings.parse(
                DEFINITION,
                Map.of(
                        "topic.prefix", "blue.",
                        "max.in.flight", " 7 ",
                        "max.age.ms", "1",
                        "failure.ratio", "0.25",
                        "dry.run", "true",
                        "allowed.networks", "10.0.0.0/8, 192.168.0.0/16",
                        "keyset.password", HUSH));

        assertThat(settings.text("topic.prefix")).isEqualTo("blue.");
        assertThat(settings.integer("max.in.flight")).isEqualTo(7);
        assertThat(settings.number("max.age.ms")).isEqualTo(1);
        assertThat(settings.fraction("failure.ratio")).isEqualTo(0.25);
        assertThat(settings.flag("dry.run")).isTrue();
        assertThat(settings.list("allowed.networks")).containsExactly("10.0.0.0/8", "192.168.0.0/16");
        assertThat(settings.secret("keyset.password")).isEqualTo(HUSH);
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap.server, bootstrap.servers",
        "BOOTSTRAP_SERVERS, bootstrap.servers",
        "max.inflight, max.in.flight",
        "max.in.fligth, max.in.flight",
        "sasl.jaas.confg, sasl.jaas.config",
        "consumer.max.poll.record, consumer.max.poll.records",
        "prodcuer.linger.ms, producer.linger.ms",
        "schema.registry.ulr, schema.registry.url",
        "schema.registry.ssl.keystore.locaton, schema.registry.ssl.keystore.location",
        "basic.auth.user.inf, basic.auth.user.info",
        "auto.register.schema, auto.register.schemas",
    })
    void shouldRefuseAMisspeltKeyAndSayWhatWasMeant(String given, String meant) {
        assertThat(problems(Map.of(given, "x")))
                .containsExactly("Unknown setting '" + given + "'; did you mean '" + meant
                        + "'? See docs/configuration.md for the known ones.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "number.of.penguins", "consumer.", "consumer.acks", "admin.acks"})
    void shouldRefuseAnUnknownKeyWithoutGuessing(String given) {
        assertThat(problems(Map.of(given, "x")))
                .singleElement()
                .asString()
                .startsWith("Unknown setting '" + given + "'");
    }

    @Test
    void shouldNotGuessForEverAboutAHugeKey() {
        assertThat(problems(Map.of("a".repeat(100_000), "x")))
                .singleElement()
                .asString()
                .doesNotContain("did you mean");
    }

    @Test
    void shouldListEveryProblemAtOnce() {
        assertThat(problems(Map.of(
                        "max.in.flight", "0",
                        "failure.ratio", "half",
                        "acks", "some",
                        "consumer.fetch.max.wait.ms", "soon",
                        "penguins", "1")))
                .hasSize(5)
                .anyMatch(p -> p.contains("max.in.flight") && p.contains("0"))
                .anyMatch(p -> p.contains("failure.ratio") && p.contains("half"))
                .anyMatch(p -> p.contains("acks") && p.contains("some"))
                .anyMatch(p -> p.contains("consumer.fetch.max.wait.ms") && p.contains("soon"))
                .anyMatch(p -> p.contains("penguins"));
    }

    @Test
    void shouldPassEverySettingOfKafkasClientsThrough() {
        Map<String, Object> consumer = passedThrough(ConsumerConfig.configDef(), Settings.CONSUMER);
        Map<String, Object> producer = passedThrough(ProducerConfig.configDef(), Settings.PRODUCER);
        Map<String, Object> admin = passedThrough(AdminClientConfig.configDef(), Settings.ADMIN);

        assertThat(consumer.keySet()).isEqualTo(without(ConsumerConfig.configNames()));
        assertThat(producer.keySet()).isEqualTo(without(ProducerConfig.configNames()));
        assertThat(admin.keySet()).isEqualTo(without(AdminClientConfig.configNames()));
    }

    private static Set<String> without(Set<String> names) {
        Set<String> rest = new HashSet<>(names);
        rest.remove("config.providers");
        return rest;
    }

    /** Gives each setting its default, or the text 1 where that is missing or empty, and asks for the client's. */
    private static Map<String, Object> passedThrough(ConfigDef kafka, String prefix) {
        Map<String, String> given = new HashMap<>();
        kafka.configKeys().forEach((name, key) -> {
            boolean usable =
                    key.hasDefault() && key.defaultValue != null && !List.of().equals(key.defaultValue);
            String value = ConfigDef.convertToString(usable ? key.defaultValue : example(key.type), key.type);
            given.put(name, value);
        });
        given.remove("config.providers");
        Map<String, Object> plain = Settings.parse(DEFINITION, given).client(prefix);
        Map<String, String> prefixed = new HashMap<>();
        given.forEach((key, value) -> prefixed.put(prefix + key, value));
        assertThat(Settings.parse(DEFINITION, prefixed).client(prefix)).isEqualTo(plain);
        return plain;
    }

    private static Object example(ConfigDef.Type type) {
        return switch (type) {
            case INT, SHORT -> 1;
            case LONG -> 1L;
            case DOUBLE -> 1.0;
            case BOOLEAN -> true;
            case LIST -> List.of("a:1");
            case CLASS -> String.class;
            case PASSWORD -> new Password("p");
            case STRING -> "a";
        };
    }

    @Test
    void shouldGiveASettingToTheKindsThatKnowIt() {
        Settings settings = Settings.parse(
                DEFINITION,
                Map.of("bootstrap.servers", "a:1", "acks", "all", "max.poll.records", "5", "security.protocol", "SSL"));

        assertThat(settings.client(Settings.CONSUMER))
                .isEqualTo(Map.of("bootstrap.servers", "a:1", "max.poll.records", "5", "security.protocol", "SSL"));
        assertThat(settings.client(Settings.PRODUCER))
                .isEqualTo(Map.of("bootstrap.servers", "a:1", "acks", "all", "security.protocol", "SSL"));
        assertThat(settings.client(Settings.ADMIN))
                .isEqualTo(Map.of("bootstrap.servers", "a:1", "security.protocol", "SSL"));
    }

    @Test
    void shouldPreferTheSettingOfOneKind() {
        Settings settings = Settings.parse(
                DEFINITION,
                Map.of(
                        "client.id", "all",
                        "consumer.client.id", "reading",
                        "admin.client.id", "asking",
                        "producer.linger.ms", "5"));

        assertThat(settings.client(Settings.CONSUMER)).isEqualTo(Map.of("client.id", "reading"));
        assertThat(settings.client(Settings.PRODUCER)).isEqualTo(Map.of("client.id", "all", "linger.ms", "5"));
        assertThat(settings.client(Settings.ADMIN)).isEqualTo(Map.of("client.id", "asking"));
    }

    @Test
    void shouldKnowNoOtherKindOfClient() {
        Settings settings = Settings.parse(DEFINITION, Map.of());
        assertThatThrownBy(() -> settings.client("streams.")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings.text("penguins")).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldKeepTheServicesOwnSettingsFromKafkasClients() {
        ConfigDef own = new ConfigDef().define("client.id", ConfigDef.Type.STRING, "hookline", Importance.LOW, "");
        Settings settings = Settings.parse(own, Map.of("client.id", "mine"));

        assertThat(settings.text("client.id")).isEqualTo("mine");
        assertThat(settings.client(Settings.PRODUCER)).isEmpty();
    }

    @Test
    void shouldTakeRegistryKeysThatOnlyConfluentsClientKnows() {
        assertThat(Settings.parse(DEFINITION, Map.of("bearer.auth.issuer.endpoint.url", "https://i"))
                        .registry())
                .containsKey("bearer.auth.issuer.endpoint.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyset.password", "ssl.key.password", "consumer.sasl.jaas.config", "ssl.keystore.key"})
    void shouldNeverShowASecret(String key) {
        Settings settings = Settings.parse(DEFINITION, Map.of(key, HUSH));

        assertThat(settings.effective().toString()).doesNotContain(HUSH);
    }

    @Test
    void shouldNotRepeatSecretsInProblems() {
        Map<String, String> given = Map.of(
                "keyset.password", "bad", "keyset.pasword", HUSH, "sasl.jaas.conifg", HUSH, "max.in.flight", "x");

        InvalidSettingsException thrown =
                catchThrowableOfType(InvalidSettingsException.class, () -> Settings.parse(DEFINITION, given));

        assertThat(thrown.problems()).hasSize(4).anyMatch(p -> p.startsWith("Setting 'keyset.password' is not usable"));
        assertThat(thrown).message().doesNotContain(HUSH, "bad");
        assertThat(thrown.getCause()).isNull();
    }

    @Test
    void shouldSayThatARequiredSecretIsMissing() {
        ConfigDef definition = new ConfigDef().define("token", ConfigDef.Type.PASSWORD, Importance.HIGH, "");
        assertThatThrownBy(() -> Settings.parse(definition, Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("Missing required configuration \"token\"");
    }

    @Test
    void shouldShowWhatIsInEffectSortedAndMasked() {
        assertThat(Settings.parse(DEFINITION, Map.of("max.in.flight", "9", "acks", "all"))
                        .effective()
                        .toString())
                .isEqualTo("{allowed.networks=[10.0.0.0/8], dry.run=false, failure.ratio=0.5, keyset.password=[hidden],"
                        + " max.age.ms=604800000, max.in.flight=9, topic.prefix=}");
    }

    @Test
    void shouldTakeSecretsFromFilesThroughKafkasConfigProviders(@TempDir Path directory) throws IOException {
        Path secrets = Files.writeString(directory.resolve("secrets"), "a=" + HUSH + "\nn=31\n");
        Map<String, String> given = Map.of(
                "config.providers", "file",
                "config.providers.file.class", FileConfigProvider.class.getName(),
                "keyset.password", "${file:" + secrets + ":a}",
                "max.in.flight", "${file:" + secrets + ":n}",
                "ssl.key.password", "${file:" + secrets + ":a}",
                "basic.auth.user.info", "me:${file:" + secrets + ":a}");

        Settings settings = Settings.parse(DEFINITION, given);

        assertThat(settings.secret("keyset.password")).isEqualTo(HUSH);
        assertThat(settings.integer("max.in.flight")).isEqualTo(31);
        assertThat(settings.client(Settings.ADMIN)).isEqualTo(Map.of("ssl.key.password", HUSH));
        assertThat(settings.registry()).isEqualTo(Map.of("basic.auth.user.info", "me:" + HUSH));
    }

    @Test
    void shouldNameAReferenceThatLeadsNowhere(@TempDir Path directory) throws IOException {
        Path secrets = Files.writeString(directory.resolve("secrets"), "a=1\n");
        String reference = "${file:" + secrets + ":b}";
        Map<String, String> given = Map.of(
                "config.providers",
                "file",
                "config.providers.file.class",
                FileConfigProvider.class.getName(),
                "topic.prefix",
                reference);

        assertThat(problems(given))
                .containsExactly("Setting 'topic.prefix' refers to " + reference + ", where nothing was found.");
    }

    @Test
    void shouldNameAProviderThatDoesNotWork(@TempDir Path directory) {
        assertThat(problems(Map.of("config.providers", "vault", "config.providers.vault.class", "no.such.Class")))
                .singleElement()
                .asString()
                .contains("config.providers", "no.such.Class");
        assertThat(problems(Map.of(
                        "config.providers",
                        "file",
                        "config.providers.file.class",
                        FileConfigProvider.class.getName(),
                        "topic.prefix",
                        "${file:" + directory.resolve("absent") + ":b}")))
                .anyMatch(p -> p.contains("absent"));
    }

    private static List<String> problems(Map<String, String> given) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> Settings.parse(DEFINITION, given))
                .problems();
    }

    private static final class AtLeastFourCharacters implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            String text = ((Password) value).value();
            if (text.length() < 4) {
                throw new ConfigException(name, text, "too short");
            }
        }
    }
}
