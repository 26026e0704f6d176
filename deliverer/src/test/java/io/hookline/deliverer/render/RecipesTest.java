package io.hookline.deliverer.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.Reason;
import io.hookline.deliverer.transform.Transform;
import io.hookline.schemas.event.EventAttributes;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RecipesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final EventAttributes FULL = new EventAttributes(
            "o/1 \"æ\"%",
            "/shop",
            "order_created",
            Instant.parse("2026-11-24T04:07:02.123456Z"),
            "orders/1",
            "acme",
            "application/json",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private final RenderFixture fixture = new RenderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Delivery delivery(String json, EventHeader... headers) {
        Delivery delivery = RenderFixture.delivery(json.getBytes(UTF_8));
        delivery.setHeaders(List.of(headers));
        delivery.setTenant("acme");
        return delivery;
    }

    private static EventHeader header(String name, String value) {
        return new EventHeader(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
    }

    private Rendition render(Delivery delivery, EventAttributes attributes, Recipe recipe) throws Exception {
        Rendition rendition = fixture.renderer.render(delivery, attributes, recipe);
        return rendition instanceof Rendition.Pending pending ? pending.result().get(30, TimeUnit.SECONDS) : rendition;
    }

    private static Rendition.Body body(Rendition rendition) {
        assertThat(rendition).isInstanceOf(Rendition.Body.class);
        return (Rendition.Body) rendition;
    }

    private static CloudEvent received(Rendition.Body body) {
        Map<String, String> headers = new HashMap<>();
        body.headers().forEach(each -> headers.put(each.getKey(), each.getValue()));
        headers.put("content-type", body.contentType());
        return HttpMessageFactory.createReader(headers, body.bytes()).toEvent();
    }

    private static void requireFull(CloudEvent event) {
        assertThat(event.getSource()).isEqualTo(URI.create("/shop"));
        assertThat(event.getType()).isEqualTo("order_created");
        assertThat(event.getSubject()).isEqualTo("orders/1");
        assertThat(event.getTime()).hasToString("2026-11-24T04:07:02.123456Z");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("tenant")).isEqualTo("acme");
        assertThat(event.getExtension("region")).isEqualTo("eu");
        assertThat(event.getExtension("traceparent")).isEqualTo(FULL.traceparent());
    }

    @Test
    void shouldRenderACloudEventInBinaryModeThatTheSdkReads() throws Exception {
        String json = "{\"id\": 9007199254740993,  \"x\":1.10}";
        Rendition.Body body = body(render(
                delivery(json, header("ce_tenant", "acme"), header("ce_region", "eu"), header("ce_Bad-Name", "x")),
                FULL,
                Recipe.of(PayloadFormat.CLOUDEVENTS_BINARY)));
        assertThat(body.bytes()).asString(UTF_8).isEqualTo(json);
        assertThat(body.headers()).contains(Map.entry("ce-id", "o/1%20%22%C3%A6%22%25"));
        assertThat(body.headers()).contains(Map.entry("ce-specversion", "1.0"));
        assertThat(body.headers().stream().map(Map.Entry::getKey)).doesNotContain("ce-datacontenttype", "ce-Bad-Name");
        requireFull(received(body));
    }

    @Test
    void shouldRenderACloudEventInStructuredModeThatTheSdkReads() throws Exception {
        String json = "{\"id\": 9007199254740993,  \"x\":1.10}";
        Rendition.Body body = body(render(
                delivery(json, header("ce_tenant", "acme"), header("ce_region", "eu")),
                FULL,
                Recipe.of(PayloadFormat.CLOUDEVENTS_STRUCTURED)));
        assertThat(body.contentType()).isEqualTo("application/cloudevents+json");
        assertThat(body.headers()).isEmpty();
        assertThat(body.bytes()).asString(UTF_8).contains("9007199254740993", "1.10");
        CloudEvent event = received(body);
        assertThat(event.getId()).isEqualTo("o/1 \"æ\"%");
        requireFull(event);
        assertThat(MAPPER.readTree(event.getData().toBytes())).isEqualTo(MAPPER.readTree(json));
    }

    @Test
    void shouldSayWhereAnEventIsThatSaysNothingOfItself() throws Exception {
        CloudEvent event =
                received(body(render(delivery("1"), RenderFixture.JSON, Recipe.of(PayloadFormat.CLOUDEVENTS_BINARY))));
        assertThat(event.getId()).isEqualTo("events.order_created-0-0");
        assertThat(event.getSource()).isEqualTo(URI.create("/events.order_created"));
        assertThat(event.getTime().toInstant()).isEqualTo(RenderFixture.RECORDED);
    }

    @Test
    void shouldPutTheResultOfATransformWhereTheDataStands() throws Exception {
        Transform transform = Transform.of("{\"order\": data.id, \"of\": tenant, \"via\": source, \"what\": type}");
        String made = "{\"order\":7,\"of\":\"acme\",\"via\":\"/shop\",\"what\":\"order_created\"}";
        Delivery delivery = delivery("{\"id\":7,\"secret\":\"x\"}");
        Rendition.Body standard = body(render(delivery, FULL, new Recipe(PayloadFormat.STANDARD, null, transform)));
        assertThat(standard.bytes())
                .asString(UTF_8)
                .isEqualTo("{\"type\":\"order_created\",\"timestamp\":\"2026-11-24T04:07:02.123456Z\",\"data\":" + made
                        + "}");
        Rendition.Body raw = body(render(delivery, FULL, new Recipe(PayloadFormat.RAW, null, transform)));
        assertThat(raw.bytes()).asString(UTF_8).isEqualTo(made);
        assertThat(raw.contentType()).isEqualTo("application/json");
        Rendition.Body binary =
                body(render(delivery, FULL, new Recipe(PayloadFormat.CLOUDEVENTS_BINARY, null, transform)));
        assertThat(binary.bytes()).asString(UTF_8).isEqualTo(made);
        JsonNode structured = MAPPER.readTree(
                body(render(delivery, FULL, new Recipe(PayloadFormat.CLOUDEVENTS_STRUCTURED, null, transform)))
                        .bytes());
        assertThat(structured.get("data")).isEqualTo(MAPPER.readTree(made));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
    void shouldNeverSendTheEventItselfWhereTheTransformFails(PayloadFormat format) throws Exception {
        Rendition rendition = render(
                delivery("{\"secret\":\"x\"}"), FULL, new Recipe(format, null, Transform.of("$error('not this one')")));
        assertThat(rendition).isInstanceOfSatisfying(Rendition.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo(Reason.TRANSFORM_FAILED);
            assertThat(unreadable.detail()).contains("not this one").doesNotContain("secret");
        });
    }

    private static Schema order(String more) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"acme\",\"fields\":["
                        + "{\"name\":\"id\",\"type\":\"string\"}" + more + "]}");
    }

    private Delivery avro(Schema schema, Map<String, Object> fields) {
        GenericRecord record = new GenericData.Record(schema);
        fields.forEach(record::put);
        return RenderFixture.delivery(RenderFixture.wire(fixture.known(schema), RenderFixture.encoded(record, schema)));
    }

    @Test
    void shouldShowAnEventInTheVersionThatTheReceiverWasBuiltFor() throws Exception {
        Schema first = order("");
        Schema second = order(",{\"name\":\"amount\",\"type\":\"int\",\"default\":0}");
        fixture.server.put("events.order_created-value", first.toString());
        fixture.server.put("events.order_created-value", second.toString());
        Delivery written = avro(second, Map.of("id", "o-1", "amount", 5));
        Delivery old = avro(first, Map.of("id", "o-0"));
        assertThat(data(written, null)).isEqualTo("{\"id\":\"o-1\",\"amount\":5}");
        assertThat(data(written, 1)).isEqualTo("{\"id\":\"o-1\"}");
        assertThat(data(written, 2)).isEqualTo("{\"id\":\"o-1\",\"amount\":5}");
        assertThat(data(old, 2)).isEqualTo("{\"id\":\"o-0\",\"amount\":0}");
        int asked = fixture.server.asked().size();
        assertThat(data(written, 1)).isEqualTo("{\"id\":\"o-1\"}");
        assertThat(fixture.server.asked()).as("a version is asked for once").hasSize(asked);
    }

    @Test
    void shouldFindAVersionUnderTheRecordsName() throws Exception {
        Schema first = order("");
        Schema second = order(",{\"name\":\"amount\",\"type\":\"int\",\"default\":0}");
        fixture.server.put("acme.Order", first.toString());
        assertThat(data(avro(second, Map.of("id", "o-1", "amount", 5)), 1)).isEqualTo("{\"id\":\"o-1\"}");
    }

    @Test
    void shouldSayThatThereIsNoSuchVersion() throws Exception {
        Rendition rendition = render(
                avro(order(""), Map.of("id", "o-1")), RenderFixture.AVRO, new Recipe(PayloadFormat.STANDARD, 9, null));
        assertThat(rendition)
                .isInstanceOfSatisfying(
                        Rendition.Unreadable.class,
                        unreadable -> assertThat(unreadable.detail())
                                .contains("version 9", "events.order_created-value", "acme.Order", "schemaVersions"));
    }

    @Test
    void shouldSayWhereTheVersionCannotShowTheEvent() throws Exception {
        Schema other = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"acme\",\"fields\":["
                        + "{\"name\":\"must\",\"type\":\"string\"}]}");
        fixture.server.put("events.order_created-value", other.toString());
        Rendition rendition = render(
                avro(order(""), Map.of("id", "o-1")), RenderFixture.AVRO, new Recipe(PayloadFormat.STANDARD, 1, null));
        assertThat(rendition)
                .isInstanceOfSatisfying(
                        Rendition.Unreadable.class,
                        unreadable -> assertThat(unreadable.detail()).contains("cannot be read as acme.Order"));
    }

    @Test
    void shouldSayNotNowWhileTheRegistryIsSilent() throws Exception {
        Delivery delivery = avro(order(""), Map.of("id", "o-1"));
        fixture.server.put("events.order_created-value", order("").toString());
        fixture.server.script(exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return true;
        });
        Recipe recipe = new Recipe(PayloadFormat.STANDARD, 1, null);
        assertThat(render(delivery, RenderFixture.AVRO, recipe)).isInstanceOf(Rendition.NotNow.class);
    }

    private String data(Delivery delivery, Integer version) throws Exception {
        Rendition rendition = render(delivery, RenderFixture.AVRO, new Recipe(PayloadFormat.STANDARD, version, null));
        return MAPPER.readTree(body(rendition).bytes()).get("data").toString();
    }
}
