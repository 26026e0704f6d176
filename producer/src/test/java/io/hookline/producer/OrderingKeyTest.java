package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class OrderingKeyTest {
    private static final Schema CUSTOMER = new Schema.Parser().parse("""
            {"type": "record", "name": "Customer", "fields": [
                {"name": "number", "type": "long"}, {"name": "scores", "type": {"type": "array", "items": "int"}}]}
            """);

    @Test
    void shouldTakeTheFieldThatTheSchemaNames() {
        assertThat(key("id", "o-1", null)).isEqualTo("o-1");
    }

    @Test
    void shouldLeadIntoANestedRecord() {
        assertThat(key("customer.number", "o-1", customer())).isEqualTo("42");
    }

    @Test
    void shouldHaveNoKeyWithoutTheProperty() {
        assertThat(OrderingKey.of(order(null, "o-1", null), null)).isNull();
    }

    @Test
    void shouldPreferAKeyThatIsGiven() {
        ByteBuffer given = ByteBuffer.wrap(new byte[] {(byte) 0xff, 0});
        assertThat(OrderingKey.of(order("nonsense", null, null), given)).containsExactly(0xff, 0);
    }

    @Test
    void shouldRefuseAFieldThatIsNotThere() {
        assertRefused("customr", "o-1", "there is no field 'customr'");
        assertRefused("customer.name", "o-1", "there is no field 'name'");
        assertRefused("id.x", "o-1", "there is no field 'x'");
        assertRefused("", "o-1", "there is no field ''");
    }

    @Test
    void shouldRefuseAKeyThatIsNull() {
        assertRefused("id", null, "Field 'id' of Order, which its hookline.key names, is null: set it, or give a key");
        assertThatThrownBy(() -> key("customer.number", "o-1", null))
                .hasMessageContaining("'customer.number'")
                .hasMessageContaining("null");
    }

    @Test
    void shouldRefuseAKeyThatHasNoTextOfItsOwn() {
        assertRefused("customer", "o-1", "is a Record: an ordering key is a string, an int");
        assertRefused("customer.scores", "o-1", "an ordering key is a string, an int");
    }

    private static void assertRefused(String property, String id, String message) {
        assertThatThrownBy(() -> key(property, id, customer()))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(message);
    }

    private static String key(String property, String id, GenericData.Record customer) {
        return new String(OrderingKey.of(order(property, id, customer), null), StandardCharsets.UTF_8);
    }

    private static GenericData.Record customer() {
        GenericData.Record record = new GenericData.Record(CUSTOMER);
        record.put("number", 42L);
        record.put("scores", java.util.List.of(1));
        return record;
    }

    private static IndexedRecord order(String property, String id, GenericData.Record customer) {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "Order", "fields": [
                    {"name": "id", "type": ["null", "string"]}, {"name": "customer", "type": ["null", %s]}]}
                """.formatted(CUSTOMER));
        if (property != null) {
            schema.addProp("hookline.key", property);
        }
        GenericData.Record order = new GenericData.Record(schema);
        order.put("id", id);
        order.put("customer", customer);
        return order;
    }
}
