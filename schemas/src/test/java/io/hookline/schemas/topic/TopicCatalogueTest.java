package io.hookline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCatalogueTest {
    private static final Duration DEFAULT_SCHEDULE = Duration.ofSeconds(5)
            .plus(Duration.ofMinutes(5))
            .plus(Duration.ofMinutes(30))
            .plus(Duration.ofHours(2))
            .plus(Duration.ofHours(5))
            .plus(Duration.ofHours(10))
            .plus(Duration.ofHours(10));

    private final TopicCatalogue catalogue = new TopicCatalogue(TopicNames.DEFAULT, 7);
    private final Map<String, TopicSpec> byName =
            catalogue.pipeline().stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));

    @Test
    void shouldHoldExactlyTheTopicsOfTheDesign() {
        Set<String> expected = new TreeSet<>(List.of(
                "subscriptions",
                "deliveries",
                "deliveries.replay",
                "deliveries.dead",
                "deliveries.dead.marks",
                "pipeline.dead",
                "attempts",
                "events.hookline",
                "deliverer.state",
                "control",
                "replays",
                "instances"));
        for (String tier : List.of("1s", "5s", "30s", "5m", "30m", "2h", "10h")) {
            expected.add("deliveries.retry." + tier);
        }
        assertThat(byName.keySet()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "subscriptions, true, compact, 0",
        "deliveries, true, delete, 7",
        "deliveries.replay, true, delete, 7",
        "deliveries.dead, true, delete, 30",
        "deliveries.dead.marks, true, delete, 60",
        "pipeline.dead, false, delete, 30",
        "attempts, true, delete, 7",
        "events.hookline, true, delete, 7",
        "deliverer.state, true, compact, 0",
        "control, true, delete, 7",
        "replays, false, compact, 0",
        "instances, false, compact, 0",
    })
    void shouldKeepEachTopicAsTheDesignSays(String topic, boolean p, String cleanup, int days) {
        TopicSpec spec = byName.get(topic);

        assertThat(spec.partitions()).isEqualTo(p ? 7 : 1);
        assertThat(spec.config()).containsEntry("cleanup.policy", cleanup);
        assertThat(spec.config().get("retention.ms"))
                .isEqualTo(
                        days == 0 ? null : String.valueOf(Duration.ofDays(days).toMillis()));
    }

    @ParameterizedTest
    @EnumSource(RetryTier.class)
    void shouldKeepRetriesLongerThanAnyScheduleLasts(RetryTier tier) {
        TopicSpec spec = byName.get("deliveries.retry." + tier.label());
        Duration kept = Duration.ofMillis(Long.parseLong(spec.config().get("retention.ms")));

        assertThat(kept)
                .isGreaterThan(DEFAULT_SCHEDULE.multipliedBy(12).dividedBy(10))
                .isGreaterThan(tier.delay());
        assertThat(spec.partitions()).isEqualTo(7);
    }

    /** What a record is copied into must take it: an event into a delivery, a delivery into a retry and a dead letter. */
    @Test
    void shouldLeaveRoomForWhatIsAddedOnTheWay() {
        int event = bytesMax(catalogue.events("order_created", 3));
        int withIdsAndHeaders = event + 1000 * (64 + 1) + 4096;
        assertThat(event).isGreaterThan(TopicCatalogue.EVENT_BYTES_MAX);
        for (TopicSpec spec : catalogue.pipeline()) {
            assertThat(bytesMax(spec)).as(spec.name()).isGreaterThan(withIdsAndHeaders + 64 * 1024);
        }
    }

    @Test
    void shouldNotLetABrokersOwnLimitsTakeWhatStillWaits() {
        for (TopicSpec spec : catalogue.pipeline()) {
            if (spec.config().get("cleanup.policy").equals("delete")) {
                assertThat(spec.config())
                        .as(spec.name())
                        .containsEntry("retention.bytes", "-1")
                        .containsEntry("message.timestamp.type", "LogAppendTime");
            }
        }
    }

    @Test
    void shouldUseOnlySettingsThatKafkaHas() throws IllegalAccessException {
        Set<String> known = new TreeSet<>();
        for (var field : TopicConfig.class.getFields()) {
            known.add(String.valueOf(field.get(null)));
        }
        for (TopicSpec spec : catalogue.pipeline()) {
            assertThat(known).containsAll(spec.config().keySet());
        }
    }

    @Test
    void shouldGiveEventTopicsTheirOwnPartitions() {
        TopicSpec spec = catalogue.events("order_created", 3);

        assertThat(spec.name()).isEqualTo("events.order_created");
        assertThat(spec.partitions()).isEqualTo(3);
        assertThat(spec.config())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", String.valueOf(Duration.ofDays(7).toMillis()));
    }

    @Test
    void shouldListSettingsInAFixedOrder() {
        assertThat(List.copyOf(byName.get("deliveries").config().keySet()))
                .isEqualTo(List.of(
                        "cleanup.policy",
                        "retention.ms",
                        "retention.bytes",
                        "message.timestamp.type",
                        "max.message.bytes"));
    }

    @Test
    void shouldNotShareSettingsThatCanBeChanged() {
        assertThatThrownBy(() -> byName.get("deliveries").config().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 10_001})
    void shouldRefuseAnUnusableP(int partitions) {
        assertThatThrownBy(() -> new TopicCatalogue(TopicNames.DEFAULT, partitions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(partitions))
                .hasMessageContaining("1 to 10000");
    }

    @Test
    void shouldRefuseATopicThatCannotExist() {
        assertThatThrownBy(() -> catalogue.events("a", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("events.a");
        assertThatThrownBy(() -> new TopicSpec("a b", "", "", 1, Map.of())).isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void shouldNameTiersByTheirDelayInAscendingOrder() {
        List<RetryTier> tiers = Arrays.asList(RetryTier.values());
        assertThat(tiers).isSortedAccordingTo((a, b) -> a.delay().compareTo(b.delay()));
        for (RetryTier tier : tiers) {
            assertThat(Duration.parse("PT" + tier.label())).isEqualTo(tier.delay());
            assertThat(tier.delayMs()).isEqualTo(tier.delay().toMillis());
        }
    }

    private static int bytesMax(TopicSpec spec) {
        return Integer.parseInt(spec.config().get("max.message.bytes"));
    }
}
