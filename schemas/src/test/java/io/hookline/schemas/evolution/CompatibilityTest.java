package io.hookline.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes copies of our schemas in every way there is, and compares them with the originals. */
class CompatibilityTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path AVRO = Path.of("src/main/avro");
    private static final SchemaSet TODAY = SchemaSet.read(AVRO);

    @TempDir
    private Path changed;

    static Stream<Arguments> incompatible() {
        return Stream.of(
                change("Delivery", s -> remove(s, "topic"), "Delivery.topic", Rule.FIELD_WITHOUT_DEFAULT_STAYS),
                change(
                        "Delivery",
                        s -> field(s, "topic").put("name", "from"),
                        "Delivery.from",
                        Rule.NEW_FIELD_HAS_DEFAULT),
                change(
                        "Retry",
                        s -> add(s, "{'name':'note','type':'string'}"),
                        "Retry.note",
                        Rule.NEW_FIELD_HAS_DEFAULT),
                change("Attempt", s -> field(s, "attempt").put("type", "long"), "Attempt.attempt", Rule.TYPE_STAYS),
                change(
                        "Attempt",
                        s -> field(s, "subscription").put("type", "bytes"),
                        "Attempt.subscription",
                        Rule.TYPE_STAYS),
                change("Attempt", s -> array(s, "status").add("string"), "Attempt.status", Rule.TYPE_STAYS),
                change(
                        "DeadLetter",
                        s -> field(s, "webhookId").put("type", "string").put("default", ""),
                        "DeadLetter.webhookId",
                        Rule.TYPE_STAYS),
                change(
                        "Attempt",
                        s -> field(s, "attempt").set("type", json("['int','null']")),
                        "Attempt.attempt",
                        Rule.TYPE_STAYS),
                change(
                        "Delivery",
                        s -> type(s, "subscriptions").put("items", "bytes"),
                        "Delivery.subscriptions[]",
                        Rule.TYPE_STAYS),
                change(
                        "Subscription",
                        s -> type(s, "headers").put("values", "bytes"),
                        "Subscription.headers{}",
                        Rule.TYPE_STAYS),
                change(
                        "Delivery",
                        s -> type(s, "recordedAt").put("logicalType", "timestamp-micros"),
                        "Delivery.recordedAt",
                        Rule.MEANING_STAYS),
                change(
                        "Delivery",
                        s -> type(s, "recordedAt").remove("logicalType"),
                        "Delivery.recordedAt",
                        Rule.MEANING_STAYS),
                change(
                        "OrderCreated",
                        s -> type(s, "amount").put("scale", 3),
                        "OrderCreated.amount",
                        Rule.MEANING_STAYS),
                change("Instance", s -> field(s, "host").put("default", "x"), "Instance.host", Rule.DEFAULT_STAYS),
                change("Delivery", s -> field(s, "tenant").remove("default"), "Delivery.tenant", Rule.DEFAULT_STAYS),
                change("Reason", s -> ((ArrayNode) s.get("symbols")).remove(5), "Reason", Rule.SYMBOL_STAYS),
                change("Reason", s -> s.put("default", "SUCCESS"), "Reason", Rule.DEFAULT_STAYS),
                change("Reason", s -> s.remove("default"), "Reason", Rule.DEFAULT_STAYS),
                change(
                        "Attempt",
                        s -> ((ArrayNode) type(s, "next").get("symbols")).remove(4),
                        "Attempt.next",
                        Rule.SYMBOL_STAYS),
                change("Attempt", s -> type(s, "next").put("name", "Next"), "Attempt.next", Rule.TYPE_STAYS),
                change("ParkedUnit", s -> s.put("name", "Parked"), "io.hookline.avro.ParkedUnit", Rule.RECORD_STAYS),
                change("Instance", s -> s.put("namespace", "io.other"), "io.hookline.avro.Instance", Rule.RECORD_STAYS),
                change(
                        "DeadLetter",
                        s -> remove(inUnion(s, "range"), "count"),
                        "DeadLetter.range.count",
                        Rule.FIELD_WITHOUT_DEFAULT_STAYS),
                change(
                        "Subscription",
                        s -> signingSecret(s).put("name", "bytes"),
                        "Subscription.signingKeys[].secret.bytes",
                        Rule.NEW_FIELD_HAS_DEFAULT),
                change(
                        "Checkpoint",
                        s -> partialOffset(s).put("type", "int"),
                        "Checkpoint.positions[].partial[].offset",
                        Rule.TYPE_STAYS));
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("incompatible")
    void shouldNameRecordFieldAndRule(String record, Consumer<ObjectNode> change, String where, Rule rule)
            throws IOException {
        assertThat(Compatibility.problems(TODAY, changed(record, change)))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith(where + ": ").contains("Rule " + rule.name() + ": "));
    }

    static Stream<Arguments> compatible() {
        return Stream.of(
                change("Retry", s -> add(s, "{'name':'note','type':['null','string'],'default':null}")),
                change("Subscription", s -> add(s, "{'name':'score','type':'double','default':1.5}")),
                change("Instance", s -> remove(s, "host")),
                change("Reason", s -> ((ArrayNode) s.get("symbols")).add("BORED")),
                change("Reason", s -> ((ArrayNode) s.get("symbols")).insert(1, "BORED")),
                change("Attempt", s -> ((ArrayNode) type(s, "next").get("symbols")).add("PARKED")),
                change("Delivery", s -> field(s, "topic").put("doc", "Where it came from.")),
                change("Delivery", s -> field(s, "event").put("sensitive", true)),
                change("Delivery", s -> field(s, "formatVersion").put("default", 2)),
                change("Delivery", s -> fields(s).add(fields(s).remove(2))));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("compatible")
    void shouldLetCompatibleChangesPass(String record, Consumer<ObjectNode> change) throws IOException {
        SchemaSet after = changed(record, change);

        assertThat(JSON.readTree(AVRO.resolve(record + ".avsc").toFile()))
                .isNotEqualTo(JSON.readTree(changed.resolve(record + ".avsc").toFile()));
        assertThat(Compatibility.problems(TODAY, after)).isEmpty();
        assertThat(Compatibility.problems(after, TODAY))
                .allMatch(p -> p.contains(Rule.SYMBOL_STAYS.name()) || p.contains("formatVersion"));
    }

    @Test
    void shouldMissARecordWhoseFileIsGone() throws IOException {
        copy();
        Files.delete(changed.resolve("Instance.avsc"));

        assertThat(Compatibility.problems(TODAY, SchemaSet.read(changed)))
                .singleElement()
                .asString()
                .startsWith("io.hookline.avro.Instance: is gone. Rule RECORD_STAYS");
    }

    @Test
    void shouldFindASharedTypeOnceWhereItIsDefined() throws IOException {
        SchemaSet after = changed("EventHeader", s -> remove(s, "name"));

        assertThat(Compatibility.problems(TODAY, after))
                .singleElement()
                .asString()
                .startsWith("EventHeader.name: is gone");
    }

    @Test
    void shouldRefuseASymbolThatAnEarlierReleaseHasNoDefaultFor() throws IOException {
        SchemaSet before = changed("Reason", s -> s.remove("default"));
        SchemaSet after = changed("Reason", s -> {
            s.remove("default");
            ((ArrayNode) s.get("symbols")).add("BORED");
        });

        assertThat(Compatibility.problems(before, after))
                .singleElement()
                .asString()
                .startsWith("Reason: Reason has got BORED. Rule NEW_SYMBOL_NEEDS_DEFAULT");
    }

    private SchemaSet changed(String record, Consumer<ObjectNode> change) throws IOException {
        copy();
        Path file = changed.resolve(record + ".avsc");
        ObjectNode schema = (ObjectNode) JSON.readTree(file.toFile());
        change.accept(schema);
        JSON.writeValue(file.toFile(), schema);
        return SchemaSet.read(changed);
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.list(AVRO)) {
            for (Path file : files.toList()) {
                Files.write(changed.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    private static Arguments change(String record, Consumer<ObjectNode> change, Object... expected) {
        Object[] all = new Object[2 + expected.length];
        all[0] = record;
        all[1] = change;
        System.arraycopy(expected, 0, all, 2, expected.length);
        return Arguments.of(all);
    }

    private static ArrayNode fields(JsonNode schema) {
        return (ArrayNode) schema.get("fields");
    }

    private static ObjectNode field(JsonNode schema, String name) {
        for (JsonNode field : fields(schema)) {
            if (field.get("name").asText().equals(name)) {
                return (ObjectNode) field;
            }
        }
        throw new AssertionError("no field " + name);
    }

    private static ObjectNode type(JsonNode schema, String field) {
        return (ObjectNode) field(schema, field).get("type");
    }

    private static ArrayNode array(JsonNode schema, String field) {
        return (ArrayNode) field(schema, field).get("type");
    }

    private static JsonNode inUnion(JsonNode schema, String field) {
        return array(schema, field).get(1);
    }

    private static ObjectNode signingSecret(JsonNode subscription) {
        return field(type(type(subscription, "signingKeys").get("items"), "secret"), "value");
    }

    private static ObjectNode partialOffset(JsonNode checkpoint) {
        return field(type(type(checkpoint, "positions").get("items"), "partial").get("items"), "offset");
    }

    private static void remove(JsonNode schema, String name) {
        ArrayNode fields = fields(schema);
        List<JsonNode> kept = Stream.iterate(0, i -> i < fields.size(), i -> i + 1)
                .map(fields::get)
                .filter(field -> !field.get("name").asText().equals(name))
                .toList();
        assertThat(kept).hasSize(fields.size() - 1);
        fields.removeAll().addAll(kept);
    }

    private static void add(JsonNode schema, String field) {
        fields(schema).add(json(field));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
