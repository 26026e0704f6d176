package io.hookline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.config.InvalidSettingsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class RouterSettingsTest {
    private static final Map<String, String> LEAST = Map.of("bootstrap.servers", "localhost:9092");

    @Test
    void shouldDocumentEverySettingAndHaveADefaultForIt() {
        for (ConfigKey key : RouterSettings.definition().configKeys().values()) {
            assertThat(key.documentation).as(key.name).isNotBlank();
            assertThat(key.hasDefault()).as(key.name).isTrue();
        }
    }

    @Test
    void shouldStandOnItsPromisesWhateverIsPassedThrough() {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put("consumer.isolation.level", "read_uncommitted");
        given.put("producer.acks", "1");
        given.put("group.instance.id", "x");
        given.put("consumer.group.id", "other");
        given.put("fetch.max.wait.ms", "77");
        given.put("consumer.fetch.min.bytes", "2");
        given.put("producer.compression.type", "lz4");
        StreamsConfig config = streams(given, "");
        Map<String, Object> consumer = config.getMainConsumerConfigs("hookline.router", "c", 1);
        assertThat(consumer)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.id", "hookline.router")
                .containsEntry("fetch.max.wait.ms", "77")
                .containsEntry("fetch.min.bytes", "2")
                .containsEntry("metadata.max.age.ms", 1_000)
                .containsEntry("session.timeout.ms", 10_000);
        assertThat(config.getGlobalConsumerConfigs("c")).containsEntry("isolation.level", "read_committed");
        assertThat(config.getProducerConfigs("p"))
                .containsEntry("acks", "all")
                .containsEntry("compression.type", "lz4")
                .containsEntry("transaction.timeout.ms", 10_000);
        assertThat(config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)).isEqualTo(1);
        assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)).isEqualTo("exactly_once_v2");
    }

    @Test
    void shouldReadCommittedRecordsOnlyWithAtLeastOnceToo() {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put(RouterSettings.PROCESSING_GUARANTEE, RouterSettings.AT_LEAST_ONCE);
        StreamsConfig config = streams(given, "router-a");
        assertThat(config.getMainConsumerConfigs("g", "c", 1))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.instance.id", "router-a-1");
        assertThat(config.getGlobalConsumerConfigs("c")).containsEntry("isolation.level", "read_committed");
    }

    private static StreamsConfig streams(Map<String, String> given, String id) {
        Properties properties = StreamsSettings.of(RouterSettings.parse(given), "router-a", !id.isEmpty());
        return new StreamsConfig(properties);
    }

    @Test
    void shouldListEverythingThatIsWrong() {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put("router.thread", "2");
        given.put(RouterSettings.THREADS, "0");
        given.put(RouterSettings.INSTANCE_ID, "a b");
        given.put(RouterSettings.TOPICS_PREFIX, "x/");
        given.put(RouterSettings.PROCESSING_GUARANTEE, "maybe");
        assertThatThrownBy(() -> Router.start(given))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        e -> assertThat(e.problems()).hasSize(5))
                .hasMessageContaining("router.thread")
                .hasMessageContaining(RouterSettings.THREADS)
                .hasMessageContaining(RouterSettings.INSTANCE_ID)
                .hasMessageContaining(RouterSettings.TOPICS_PREFIX)
                .hasMessageContaining("exactly_once_v2");
    }
}
