package io.hookline.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventAttributesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json ; charset=utf-8; a=b",
                " application/json ",
                "text/json",
                "application/vnd.shop.order+json",
                "application/PROBLEM+JSON; x"
            })
    void shouldKnowJson(String contentType) {
        assertThat(withContentType(contentType).isJson()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "json",
                "+json",
                "/+json",
                "application/+json",
                "vnd.x+json",
                "application/jsonx",
                "application/json-seq",
                "application/avro",
                "application/octet-stream",
                "text/plain; application/json",
                "application/xml;profile=a+json"
            })
    void shouldNotTakeAnythingElseForJson(String contentType) {
        assertThat(withContentType(contentType).isJson()).isFalse();
    }

    @Test
    void shouldNotTakeSilenceForJson() {
        assertThat(EventAttributes.NONE.isJson()).isFalse();
    }

    private static EventAttributes withContentType(String contentType) {
        return new EventAttributes(null, null, null, null, null, null, contentType, null);
    }
}
