package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.registry.RegistryException.UnknownSchema;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.registry.ScriptedRegistry;
import io.hookline.schemas.serde.UndecodableException.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GenericAvroTest {
    private final ScriptedRegistry server = new ScriptedRegistry();
    private final SchemaRegistryClient registry =
            SchemaRegistryClient.create(Map.of("schema.registry.url", server.url()));
    private final GenericAvro generic = GenericAvro.raw(registry);

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private byte[] value(String schema, String hex) {
        int id = server.put("s", schema);
        byte[] body = HexFormat.of().parseHex(hex);
        byte[] bytes = Arrays.copyOf(new byte[WireFormat.HEADER_BYTES], WireFormat.HEADER_BYTES + body.length);
        WireFormat.writeHeader(bytes, 0, id);
        System.arraycopy(body, 0, bytes, WireFormat.HEADER_BYTES, body.length);
        return bytes;
    }

    private static String record(String fieldType) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":" + fieldType + "}]}";
    }

    private void refused(Reason reason, byte[] bytes) {
        assertThatThrownBy(() -> generic.decodeBlocking(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void shouldNeedTheSchemaUntilItIsFetched() {
        byte[] bytes = value(record("\"int\""), "02");

        assertThat(generic.decode(bytes)).isInstanceOf(Decoded.NeedsSchema.class);
        registry.fetch(1).join();
        assertThat(generic.decode(bytes))
                .isInstanceOfSatisfying(
                        Decoded.Value.class, read -> assertThat(read.value()).hasToString("{\"f\": 1}"));
    }

    @Test
    void shouldSayThatTheIdIsUnknown() {
        assertThatThrownBy(() -> generic.decodeBlocking(new byte[] {0, 0, 0, 0, 77, 1}))
                .isInstanceOf(UnknownSchema.class)
                .hasMessageContaining("77");
    }

    @Test
    void shouldTakeOnlyRecords() {
        refused(Reason.NOT_A_RECORD, value("\"string\"", "0261"));
        refused(Reason.NOT_A_RECORD, value("\"null\"", ""));
        assertThat(generic.decodeBlocking(value("[\"null\"," + record("\"int\"") + "]", "0202")))
                .hasToString("{\"f\": 1}");
        refused(Reason.NOT_A_RECORD, value("[\"null\"," + record("\"int\"") + "]", "00"));
    }

    @Test
    void shouldRefuseLengthsThatAreNotThere() {
        refused(Reason.CORRUPT, value(record("\"string\""), "feffffff0f")); // 2 GiB of text
        refused(Reason.CORRUPT, value(record("\"bytes\""), "feffffff0f"));
        refused(Reason.CORRUPT, value(record("\"bytes\""), "01")); // length -1
        refused(Reason.CORRUPT, value(record("{\"type\":\"array\",\"items\":\"long\"}"), "feffffff0f"));
        refused(Reason.CORRUPT, value(record("{\"type\":\"map\",\"values\":\"long\"}"), "feffffff0f"));
        refused(Reason.CORRUPT, value(record("{\"type\":\"array\",\"items\":\"null\"}"), "feffffff0f00"));
        refused(Reason.CORRUPT, value(record("[\"null\",\"int\"]"), "0402")); // branch 2 of 2
        refused(Reason.CORRUPT, value(record("[\"null\",\"int\"]"), "01")); // branch -1
        refused(
                Reason.CORRUPT,
                value(record("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}"), "02")); // symbol 1 of 1
        refused(Reason.CORRUPT, value(record("\"long\""), "ffffffffffffffffffffff"));
    }

    @Test
    void shouldSurviveAValueNestedWithoutEnd() {
        String list = record("[\"null\",\"R\"]");
        refused(Reason.CORRUPT, value(list, "02".repeat(900_000)));
        assertThat(generic.decodeBlocking(value(list, "0200"))).isNotNull();
    }
}
