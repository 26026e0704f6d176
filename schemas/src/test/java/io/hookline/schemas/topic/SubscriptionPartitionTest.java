package io.hookline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionPartitionTest {
    @Property(tries = 10_000)
    void shouldBeWhereKafkasOwnPartitionerPutsTheKey(
            @ForAll @StringLength(max = 64) String id, @ForAll @IntRange(min = 1, max = 10_000) int partitions) {
        assertThat(SubscriptionPartition.of(id, partitions))
                .isEqualTo(BuiltInPartitioner.partitionForKey(id.getBytes(StandardCharsets.UTF_8), partitions));
    }

    /** Where a subscription is may never change: its backlog is there. Values from a second implementation of murmur2. */
    @ParameterizedTest
    @CsvSource({"crm, 32, 28", "warehouse, 32, 3", "a, 32, 28", "01M86AT5XV0P6AJD04JV1QYRJJ, 32, 10"})
    void shouldStayForEver(String id, int partitions, int expected) {
        assertThat(SubscriptionPartition.of(id, partitions)).isEqualTo(expected);
    }

    @Test
    void shouldSpreadIdsThatDifferByANumberOnly() {
        int[] counts = new int[32];
        for (int i = 0; i < 32_000; i++) {
            counts[SubscriptionPartition.of("subscription-" + i, 32)]++;
        }
        assertThat(Arrays.stream(counts)).allMatch(count -> count >= 800 && count <= 1200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void shouldRefuseATopicWithoutPartitions(int partitions) {
        assertThatThrownBy(() -> SubscriptionPartition.of("crm", partitions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(partitions));
    }

    @Property
    void shouldAcceptIdsOfTheAllowedCharacters(
            @ForAll
                    @StringLength(min = 1, max = 64)
                    @Chars({'_', '-'})
                    @CharRange(from = 'a', to = 'z')
                    @CharRange(from = 'A', to = 'Z')
                    @CharRange(from = '0', to = '9')
                    String id) {
        assertThat(SubscriptionPartition.isId(id)).isTrue();
        assertThat(SubscriptionPartition.idOf(id.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(id);
        assertThat(SubscriptionPartition.isId(id + "\n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a.b",
                "a/b",
                "größe",
                "a\n",
                "\na",
                "ａ",
                "٣",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void shouldRefuseOtherIds(String id) {
        assertThat(SubscriptionPartition.isId(id)).isFalse();
        assertThat(SubscriptionPartition.idOf(id.getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void shouldFindNoIdWhereThereIsNoKeyOrNoText() {
        assertThat(SubscriptionPartition.idOf(null)).isNull();
        assertThat(SubscriptionPartition.idOf(new byte[] {'a', (byte) 0xff})).isNull();
    }
}
