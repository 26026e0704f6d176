package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.events.Channel;
import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import io.hookline.schemas.serde.GeneratedClasses;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class RecordCheckTest {
    static {
        GeneratedClasses.trust();
    }

    private static final Schema ITEM = new Schema.Parser().parse("""
            {"type": "record", "name": "Item", "namespace": "shop", "fields": [
                {"name": "sku", "type": "string"},
                {"name": "price", "type": ["null", "double"]},
                {"name": "next", "type": ["null", "Item"], "default": null}]}
            """);
    private static final Schema ALL = new Schema.Parser().parse("""
            {"type": "record", "name": "All", "namespace": "shop", "fields": [
                {"name": "flag", "type": "boolean"},
                {"name": "count", "type": "int"},
                {"name": "total", "type": "long"},
                {"name": "weight", "type": "float"},
                {"name": "ratio", "type": "double"},
                {"name": "name", "type": "string", "default": "none"},
                {"name": "blob", "type": "bytes"},
                {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
                {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}},
                {"name": "items", "type": {"type": "array", "items": %s}},
                {"name": "tags", "type": {"type": "map", "values": ["null", "string", "int"]}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}},
                {"name": "either", "type": ["null", "long", "string", "shop.Item"]}]}
            """.formatted(ITEM));

    @Test
    void shouldAcceptRecordsThatFit() {
        assertFits(all());
        assertFits(put(all(), "at", Instant.EPOCH));
        assertFits(put(all(), "amount", new BigDecimal("1234.5")));
        assertFits(put(all(), "name", new Utf8("x")));
        assertFits(put(all(), "either", item("a")));
        assertFits(put(all(), "either", 1L));
        assertFits(put(all(), "total", 1));
        assertFits(put(all(), "ratio", 1f));
    }

    @Test
    void shouldAcceptGeneratedRecordsThatFit() {
        assertFits(user());
        assertFits(OrderCreated.newBuilder()
                .setOrderId("1")
                .setUserId("1")
                .setCreatedAt(Instant.EPOCH)
                .setQuantity(1)
                .setAmount(new BigDecimal("9999999999.99"))
                .build());
    }

    @Test
    void shouldNameAMissingFieldOfAGeneratedRecord() {
        UserRegister user = new UserRegister();
        user.setChannel(Channel.WEB);
        user.setRegisteredAt(Instant.EPOCH);
        assertRefused(user, "field 'userId' is null, and string is required");
    }

    @Test
    void shouldNameAMissingField() {
        assertRefused(new GenericData.Record(ALL), "field 'flag' is null, and boolean is required");
        assertRefused(put(all(), "items", null), "field 'items' is null, and array is required");
        assertRefused(
                put(all(), "name", null),
                "field 'name' is null, and string is required (its default is filled in only by the record's builder)");
    }

    @Test
    void shouldNotLetNumbersBeCut() {
        assertRefused(
                put(all(), "count", 5_000_000_000L), "field 'count' is the Long '5000000000', and int is required");
        assertRefused(put(all(), "count", 1.7), "field 'count' is the Double '1.7', and int is required");
        assertRefused(put(all(), "total", 1.7), "field 'total' is the Double '1.7', and long is required");
        assertRefused(put(all(), "weight", 1e300), "field 'weight' is the Double");
        assertRefused(
                put(all(), "amount", new BigDecimal("1.234")),
                "field 'amount' is 1.234, and the schema keeps 6 digits, 2");
        assertRefused(
                put(all(), "amount", new BigDecimal("12345")),
                "field 'amount' is 12345, and the schema keeps 6 digits, 2");
    }

    @Test
    void shouldNameValuesOfAnotherKind() {
        assertRefused(put(all(), "flag", "true"), "field 'flag' is the String 'true', and boolean is required");
        assertRefused(put(all(), "name", 7), "field 'name' is the Integer '7', and string is required");
        assertRefused(put(all(), "blob", new byte[1]), "field 'blob' is the byte[]");
        assertRefused(
                put(all(), "at", "2026"), "field 'at' is the String '2026', and long (timestamp-millis) is required");
        assertRefused(put(all(), "items", item("a")), "field 'items' is a Record, and array is required");
        assertRefused(put(all(), "count", "x".repeat(1000)), "'" + "x".repeat(100) + "...', and int is required");
    }

    @Test
    void shouldNameEnumsAndFixedThatDoNotFit() {
        assertRefused(put(all(), "colour", "RED"), "field 'colour' is the String 'RED', and shop.Colour is required");
        assertRefused(
                put(
                        all(),
                        "colour",
                        new GenericData.EnumSymbol(ALL.getField("colour").schema(), "GREEN")),
                "field 'colour' is the EnumSymbol 'GREEN', and one of [RED, BLUE] is required");
        assertRefused(
                put(all(), "hash", new GenericData.Fixed(ALL.getField("hash").schema(), new byte[3])),
                "field 'hash' has 3 bytes, and 4 are required");
    }

    @Test
    void shouldLeadToTheFieldInside() {
        assertRefused(put(all(), "items", List.of(item("a"), item(null))), "field 'items[1].sku' is null");
        assertRefused(put(all(), "items", Arrays.asList(item("a"), null)), "field 'items[1]' is null");
        GenericRecord outer = item("a");
        outer.put("next", put(item("b"), "price", "free"));
        assertRefused(
                put(all(), "items", List.of(outer)),
                "field 'items[0].next.price' is the String 'free', and one of [null, double] is required");
        assertRefused(put(all(), "tags", Map.of("a", 1L)), "field 'tags[\"a\"]' is the Long '1'");
        assertRefused(put(all(), "tags", Map.of(1, "a")), "field 'tags' has the key the Integer '1'");
    }

    @Test
    void shouldRefuseARecordOfAnotherName() {
        assertRefused(
                put(all(), "either", all()), "field 'either' is a Record, and one of [null, long, string, shop.Item]");
        assertRefused(put(all(), "items", List.of(all())), "field 'items[0]' is a shop.All, and shop.Item is required");
    }

    @Test
    void shouldNotWidenWithinAUnionBecauseAvroDoesNot() {
        assertRefused(put(all(), "either", 1), "field 'either' is the Integer '1'");
    }

    @Test
    void shouldSurviveARecordThatContainsItself() {
        GenericRecord item = item("a");
        item.put("next", item);
        assertRefused(put(all(), "items", List.of(item)), "does the record contain itself?");
        List<Object> list = new ArrayList<>();
        Map<String, Object> map = new HashMap<>();
        map.put("m", map);
        list.add(map);
        assertRefused(put(all(), "items", list), "field 'items[0]' is a HashMap, and shop.Item is required");
    }

    private static UserRegister user() {
        return UserRegister.newBuilder()
                .setUserId("1")
                .setRegisteredAt(Instant.EPOCH)
                .build();
    }

    private static GenericRecord all() {
        GenericData.Record record = new GenericData.Record(ALL);
        record.put("flag", true);
        record.put("count", 1);
        record.put("total", 1L);
        record.put("weight", 1f);
        record.put("ratio", 1d);
        record.put("name", "x");
        record.put("blob", ByteBuffer.allocate(1));
        record.put("hash", new GenericData.Fixed(ALL.getField("hash").schema(), new byte[4]));
        record.put("colour", new GenericData.EnumSymbol(ALL.getField("colour").schema(), "RED"));
        record.put("items", List.of(item("a")));
        record.put("tags", Map.of("a", "b", "c", 1));
        record.put("at", 1L);
        record.put("amount", ByteBuffer.allocate(1));
        record.put("either", null);
        return record;
    }

    private static GenericRecord item(String sku) {
        GenericData.Record record = new GenericData.Record(ITEM);
        record.put("sku", sku);
        return record;
    }

    private static GenericRecord put(GenericRecord record, String field, Object value) {
        record.put(field, value);
        return record;
    }

    private static void assertFits(IndexedRecord record) {
        assertThatCode(() -> RecordCheck.check("t", record)).doesNotThrowAnyException();
    }

    private static void assertRefused(IndexedRecord record, String message) {
        assertThatThrownBy(() -> RecordCheck.check("order_created", record))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("Event of type 'order_created' does not fit its schema: ")
                .hasMessageContaining(message);
    }
}
