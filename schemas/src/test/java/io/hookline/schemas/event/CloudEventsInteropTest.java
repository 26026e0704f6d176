package io.hookline.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The other side is the CloudEvents project's own Kafka binding. */
class CloudEventsInteropTest {
    private static final byte[] DATA = "{\"orderId\":\"o-1\"}".getBytes(UTF_8);
    private static final String TOPIC = "events.order_created";

    @Provide
    Arbitrary<EventAttributes> complete() {
        Arbitrary<String> word =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> unicode = Arbitraries.of("größe", "注文", "a b", "☃ snow", "%41", "\"quoted\"")
                .injectNull(0.3);
        Arbitrary<Instant> time = Arbitraries.longs()
                .between(0, Instant.parse("2100-01-01T00:00:00Z").getEpochSecond())
                .map(seconds -> Instant.ofEpochSecond(seconds, 123_456_789))
                .injectNull(0.2);
        return Combinators.combine(word, word, word, time, unicode, unicode)
                .as((id, source, type, at, subject, tenant) ->
                        new EventAttributes(id, "/" + source, type, at, subject, tenant, "application/json", null));
    }

    @Property(tries = 500)
    void shouldBeReadByTheSdk(@ForAll("complete") EventAttributes attributes) {
        Headers headers = new RecordHeaders();
        EventHeaders.write(attributes, headers);

        CloudEvent event;
        try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
            event = deserializer.deserialize(TOPIC, headers, DATA);
        }

        assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(event.getId()).isEqualTo(attributes.id());
        assertThat(event.getSource()).isEqualTo(URI.create(attributes.source()));
        assertThat(event.getType()).isEqualTo(attributes.type());
        assertThat(event.getTime() == null ? null : event.getTime().toInstant()).isEqualTo(attributes.time());
        assertThat(event.getSubject()).isEqualTo(attributes.subject());
        assertThat(event.getExtension("tenant")).isEqualTo(attributes.tenant());
        assertThat(event.getDataContentType()).isEqualTo(attributes.contentType());
        assertThat(Objects.requireNonNull(event.getData()).toBytes()).isEqualTo(DATA);
    }

    @Property(tries = 500)
    void shouldReadTheSdk(@ForAll("complete") EventAttributes attributes) {
        Headers headers = new RecordHeaders();
        byte[] value;
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            value = serializer.serialize(TOPIC, headers, event(attributes));
        }

        assertThat(value).isEqualTo(DATA);
        assertThat(EventHeaders.read(headers)).isEqualTo(attributes);
    }

    @Test
    void shouldReadATimeWithAnOffsetFromTheSdk() {
        OffsetDateTime time = OffsetDateTime.of(2026, 11, 24, 8, 30, 0, 0, ZoneOffset.ofHours(9));
        Headers headers = new RecordHeaders();
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            serializer.serialize(
                    TOPIC,
                    headers,
                    CloudEventBuilder.v1()
                            .withId("1")
                            .withSource(URI.create("s"))
                            .withType("t")
                            .withTime(time)
                            .build());
        }
        assertThat(EventHeaders.read(headers).time()).isEqualTo(time.toInstant());
    }

    @Test
    void shouldRefuseTheSdksStructuredMode() {
        EventAttributes attributes = new EventAttributes("1", "/s", "t", null, null, null, "application/json", null);
        Headers headers = new RecordHeaders();
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            serializer.configure(
                    Map.of(
                            CloudEventSerializer.ENCODING_CONFIG,
                            Encoding.STRUCTURED,
                            CloudEventSerializer.EVENT_FORMAT_CONFIG,
                            "application/cloudevents+json"),
                    false);
            serializer.serialize(TOPIC, headers, event(attributes));
        }
        assertThatThrownBy(() -> EventHeaders.read(headers))
                .isInstanceOf(InvalidEventHeaderException.class)
                .hasMessageContaining("structured mode");
    }

    private static CloudEvent event(EventAttributes attributes) {
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(attributes.id())
                .withSource(URI.create(attributes.source()))
                .withType(attributes.type())
                .withData(attributes.contentType(), DATA);
        if (attributes.time() != null) {
            builder.withTime(attributes.time().atOffset(ZoneOffset.UTC));
        }
        if (attributes.subject() != null) {
            builder.withSubject(attributes.subject());
        }
        if (attributes.tenant() != null) {
            builder.withExtension("tenant", attributes.tenant());
        }
        return builder.build();
    }
}
