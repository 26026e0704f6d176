package io.hookline.ops.emit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hookline.schemas.serde.AvroJson;
import java.io.StringWriter;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonToAvroTest {
    private static final Schema ORDER = new Schema.Parser().parse("""
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"string"},
              {"name":"n","type":"int","default":7},
              {"name":"big","type":["null","long"]},
              {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"day","type":["null",{"type":"int","logicalType":"date"}],"default":null},
              {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]},"default":"A"},
              {"name":"raw","type":["null","bytes"],"default":null},
              {"name":"fix","type":["null",{"type":"fixed","name":"F","size":4,"logicalType":"decimal","precision":8,"scale":0}],"default":null},
              {"name":"tags","type":{"type":"array","items":"string"},"default":[]},
              {"name":"map","type":{"type":"map","values":"double"},"default":{}},
              {"name":"inner","type":["null",{"type":"record","name":"Inner","fields":[{"name":"ok","type":"boolean"}]}],"default":null},
              {"name":"either","type":["null","int","double","string"],"default":null}
            ]}""");

    /** What is read from JSON is written back as the same JSON by the writer that receivers see. */
    @Test
    void shouldBeTheInverseOfWhatReceiversSee() throws Exception {
        String json = """
                {"id":"o-1","n":-3,"big":9007199254740993,"price":120.50,"at":"2026-11-24T08:30:00.123Z","day":"2026-11-24","kind":"B",\
                "raw":"AQID","fix":-77,"tags":["a","b"],"map":{"x":1.5},"inner":{"ok":true},"either":2.5}""";

        GenericRecord record = convert(json);

        assertThat(GenericData.get().validate(ORDER, record)).isTrue();
        assertThat(written(record)).isEqualTo(json);
    }

    @Test
    void shouldFillInDefaults() throws Exception {
        GenericRecord record = convert("{\"id\":\"o-1\",\"price\":\"1\",\"at\":0}");

        assertThat(written(record))
                .contains("\"n\":7", "\"kind\":\"A\"", "\"tags\":[]", "\"either\":null", "\"big\":null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id | 5 | field 'id' is 5; text is expected.",
                "n | 2147483648 | a whole number of 32 bits",
                "n | 1.0 | a whole number of 32 bits",
                "price | 1.005 | at most 6 digits, 2 of them after the point",
                "price | 12345.00 | at most 6 digits",
                "price | \"x\" | at most 6 digits",
                "at | \"yesterday\" | a time such as",
                "day | \"24.11.2026\" | a date such as",
                "kind | \"C\" | one of A, B",
                "raw | \"***\" | bytes in base 64",
                "fix | 123456789 | at most 8 digits",
                "tags | \"a\" | a list",
                "tags | [1] | field 'tags[0]' is 1",
                "inner | {\"ok\":1} | field 'inner.ok' is 1; true or false",
                "inner | {\"okk\":true} | field 'inner.okk' is not in the schema Inner; did you mean 'ok'?",
                "either | [] | one of int, double, string",
                "ident | 1 | field 'ident' is not in the schema Order",
            })
    void shouldNameTheFieldItsValueAndWhatIsExpected(String field, String value, String message) {
        assertThatThrownBy(() -> convert("{\"id\":\"o\",\"price\":1,\"at\":0,\"map\":{}}"
                        .replace("\"map\":{}", "\"" + field + "\":" + value)
                        .replaceFirst("\"" + field + "\":(\"o\"|1|0),", "")))
                .isInstanceOf(LineException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldMissWhatHasNoDefault() {
        assertThatThrownBy(() -> convert("{}"))
                .isInstanceOf(LineException.class)
                .hasMessageContaining("field 'id' is missing");
    }

    private static GenericRecord convert(String json) throws LineException {
        return JsonToAvro.record(JsonLine.parse(json.getBytes(UTF_8)), ORDER);
    }

    private static String written(GenericRecord record) throws Exception {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
            AvroJson.write(record, ORDER, generator);
        }
        return out.toString();
    }
}
