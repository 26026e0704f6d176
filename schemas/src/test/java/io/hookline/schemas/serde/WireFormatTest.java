package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.serde.UndecodableException.Reason;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    private static void refused(Reason reason, String message, int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        assertThatThrownBy(() -> WireFormat.schemaId(value))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    void shouldPutTheHighestByteFirst() {
        byte[] bytes = new byte[7];
        WireFormat.writeHeader(bytes, 1, 0x01020384);
        assertThat(bytes).containsExactly(0, 0, 1, 2, 3, 0x84, 0);
        assertThat(WireFormat.schemaId(bytes, 1, 6)).isEqualTo(0x01020384);
    }

    @Test
    void shouldNameWhatIsWrong() {
        refused(Reason.EMPTY, "empty");
        refused(Reason.UNKNOWN_MAGIC_BYTE, "0x7b", '{', '"', 'a', '"', ':', '1', '}');
        refused(Reason.UNKNOWN_MAGIC_BYTE, "0xff", 0xff);
        refused(Reason.TRUNCATED, "has 1 bytes", 0);
        refused(Reason.TRUNCATED, "has 4 bytes", 0, 0, 0, 1);
    }

    @Test
    void shouldLookAtNothingOutsideItsSlice() {
        byte[] bytes = {9, 0, 0, 0, 0, 5, 9};
        assertThat(WireFormat.schemaId(bytes, 1, 5)).isEqualTo(5);
        assertThatThrownBy(() -> WireFormat.schemaId(bytes, 1, 4)).isInstanceOf(UndecodableException.class);
    }

    @Property
    void shouldReadBackEveryId(@ForAll int id) {
        byte[] bytes = new byte[5];
        WireFormat.writeHeader(bytes, 0, id);
        assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
        assertThat(java.nio.ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(id);
    }
}
