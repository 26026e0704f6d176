package io.hookline.producer.listener;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hookline.events.UserRegister;
import io.hookline.schemas.config.InvalidSettingsException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersTest {
    private static final EventHandler<JsonNode> NOTHING = (data, event) -> null;

    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "bootstrap.servers",
            "kafka:9092",
            "listener.service",
            "mailer",
            "schema.registry.url",
            "http://registry:8081"));

    @Test
    void shouldRefuseToListenToResults() {
        assertThatThrownBy(() -> listeners().listen("user_register.result", NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'user_register.result' is the type of results, and results have no results, so that no loop can come"
                                + " about. To see them without answering, use observe.");
        assertThatThrownBy(() -> listeners().listen("user_register.result.result", NOTHING))
                .hasMessageContaining("results have no results");
    }

    @Test
    void shouldRefuseAServiceItsOwnResults() {
        Listeners listeners =
                listeners().observe("a.result", (data, event) -> {}).listen("a", NOTHING);
        assertThatThrownBy(listeners::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Service 'mailer' listens to 'a' and would get its own results, 'a.result': leave that one out.");
    }

    @Test
    void shouldRefuseTypesThatCannotBe() {
        assertThatThrownBy(() -> listeners().listen("no type", NOTHING))
                .hasMessageContaining("Event type 'no type' cannot");
        assertThatThrownBy(() -> listeners().listen("", NOTHING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> listeners().listen("x".repeat(174), NOTHING))
                .hasMessageContaining("with '.result' after it");
        assertThatThrownBy(() -> listeners().observe("x".repeat(181), (d, e) -> {}))
                .hasMessageContaining("1 to 180");
        listeners().listen("x".repeat(173), NOTHING).observe("x".repeat(180), (d, e) -> {});
    }

    @Test
    void shouldRefuseASecondHandlerOfAType() {
        assertThatThrownBy(() -> listeners().listen("a", NOTHING).observe("a", (d, e) -> {}))
                .hasMessage("'a' has a handler already: do both in one.");
    }

    @Test
    void shouldRefuseClassesThatEventsCannotBeHadAs() {
        assertThatThrownBy(() -> listeners().listen("a", String.class, (d, e) -> null))
                .hasMessageContaining("Events cannot be had as java.lang.String");
        assertThatThrownBy(() -> listeners().listen("a", SpecificRecord.class, (d, e) -> null))
                .hasMessageContaining("cannot be had as");
        settings.remove("schema.registry.url");
        assertThatThrownBy(() -> listeners().listen("a", UserRegister.class, (d, e) -> null))
                .hasMessageContaining("the setting schema.registry.url is needed");
    }

    @Test
    void shouldRefuseToStartWithoutHandlers() {
        assertThatThrownBy(() -> listeners().start()).hasMessageContaining("There is no handler");
    }

    @Test
    void shouldRefuseAnErrorResultOfAnObserver() {
        settings.put("listener.on.exhausted", "publish-error");
        assertThatThrownBy(() -> listeners().observe("a", (d, e) -> {}).start())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("the observer of 'a' publishes nothing: choose halt or skip");
    }

    @ParameterizedTest
    @CsvSource({
        "group.id, x, group.id cannot be chosen: the group is named for listener.service",
        "transactional.id, x, transactional.id cannot be chosen",
        "value.deserializer, org.apache.kafka.common.serialization.StringDeserializer, value.deserializer cannot be chosen",
        "enable.auto.commit, true, enable.auto.commit is true",
        "consumer.isolation.level, read_uncommitted, isolation.level is read_uncommitted",
        "listener.service, a b, listener.service 'a b' is not usable",
        "listener.threads, 0, listener.threads",
        "listener.attempts, 0, listener.attempts",
        "listener.on.exhausted, ignore, listener.on.exhausted",
        "listener.on.unusable, ignore, listener.on.unusable",
        "listener.speed, 1, Unknown setting 'listener.speed'"
    })
    void shouldRefuseSettings(String key, String value, String message) {
        settings.put(key, value);
        assertThatThrownBy(this::listeners)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseConsumerSettingsThatKafkaRefuses() {
        settings.put("auto.offset.reset", "middle");
        assertThatThrownBy(() -> listeners().listen("a", NOTHING).start())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("middle");
    }

    @Test
    void shouldNeedAServiceName() {
        settings.remove("listener.service");
        assertThatThrownBy(this::listeners)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("listener.service '' is not usable: name the service");
    }

    private Listeners listeners() {
        return Listeners.create(settings);
    }
}
