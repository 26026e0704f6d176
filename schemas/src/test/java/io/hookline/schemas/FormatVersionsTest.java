package io.hookline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.avro.DeadLetter;
import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Instance;
import io.hookline.avro.Retry;
import io.hookline.avro.RetryState;
import io.hookline.events.UserRegister;
import java.io.File;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatVersionsTest {
    @Test
    void shouldLetThroughWhatThisReleaseWrites() {
        Instance instance = instance(1);
        assertThat(FormatVersions.check(instance)).isSameAs(instance);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, Integer.MAX_VALUE})
    void shouldRefuseWhatANewerReleaseWrites(int version) {
        assertThatThrownBy(() -> FormatVersions.check(instance(version)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessage("A record io.hookline.avro.Instance has formatVersion " + version
                        + ", and this release reads 1 to 1: a newer release wrote it."
                        + " Upgrade this instance; the record is kept.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void shouldRefuseWhatNoReleaseWrites(int version) {
        assertThatThrownBy(() -> FormatVersions.check(instance(version)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("formatVersion " + version)
                .hasMessageContaining("is not Hookline");
    }

    static List<SpecificRecord> recordsWithANewerDeliveryInside() {
        Delivery newer = delivery();
        newer.setFormatVersion(2);
        Retry retry = new Retry(1, newer, new RetryState());
        DeadLetter dead = new DeadLetter();
        dead.setFormatVersion(1);
        dead.setDelivery(newer);
        return List.of(retry, dead);
    }

    @ParameterizedTest
    @MethodSource("recordsWithANewerDeliveryInside")
    void shouldRefuseARecordThatHoldsANewerOne(SpecificRecord record) {
        assertThatThrownBy(() -> FormatVersions.check(record))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("io.hookline.avro.Delivery has formatVersion 2");
    }

    @Test
    void shouldAcceptThatNothingIsInside() {
        DeadLetter range = new DeadLetter();
        range.setFormatVersion(1);
        assertThat(FormatVersions.check(range)).isSameAs(range);
    }

    @Test
    void shouldLetRecordsWithoutVersionsThrough() {
        UserRegister event = new UserRegister();
        EventHeader header = new EventHeader("a", null);
        assertThat(FormatVersions.check(event)).isSameAs(event);
        assertThat(FormatVersions.check(header)).isSameAs(header);
    }

    /** A version is raised in two steps: first this release reads it, then the next one writes it. */
    @Test
    void shouldReadWhatIsWrittenAndAtMostOneMore() {
        List<String> checked = new ArrayList<>();
        for (File file : new File("src/main/avro").listFiles()) {
            String name = "io.hookline.avro." + file.getName().replace(".avsc", "");
            Schema schema = schema(name);
            if (schema != null && schema.getField(FormatVersions.FIELD) != null) {
                int written = (Integer) schema.getField(FormatVersions.FIELD).defaultVal();
                assertThat(FormatVersions.newestRead(schema)).as(name).isBetween(written, written + 1);
                checked.add(name);
            }
        }
        assertThat(checked).hasSizeGreaterThanOrEqualTo(12);
    }

    private static Schema schema(String name) {
        try {
            Object schema = Class.forName(name).getMethod("getClassSchema").invoke(null);
            return ((Schema) schema).getType() == Schema.Type.RECORD ? (Schema) schema : null;
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static Instance instance(int version) {
        return Instance.newBuilder()
                .setFormatVersion(version)
                .setId("a")
                .setVersion("9")
                .setStartedAt(Instant.EPOCH)
                .setBeatAt(Instant.EPOCH)
                .build();
    }

    private static Delivery delivery() {
        return Delivery.newBuilder()
                .setEvent(ByteBuffer.allocate(0))
                .setTopic("events.a")
                .setPartition(0)
                .setOffset(0)
                .setRecordedAt(Instant.EPOCH)
                .setType("a")
                .setSubscriptions(List.of("crm"))
                .build();
    }
}
