package io.hookline.deliverer.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.hookline.schemas.PlainText;
import java.io.IOException;

/**
 * Looks for {@code "status":"success"} among the top-level members of an answer's JSON object.
 *
 * <p>Only the status counts: a body that was cut off, or that stops being JSON further on, is judged by what was readable until then. Where
 * the member is there more than once, each has to say success, since receivers of JSON differ in which one they believe.
 */
final class StatusMember {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Answer.READ_BYTES_MAX)
                    .maxNameLength(Answer.READ_BYTES_MAX)
                    .maxStringLength(Answer.READ_BYTES_MAX)
                    .build())
            .build();
    private static final int SHOWN_MAX = 60;

    private StatusMember() {}

    /** What stands in the way of success, as words for people; empty for success. */
    static String problem(byte[] body) {
        String problem = "no JSON object";
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                problem = "no status";
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isStatus = parser.currentName().equals("status");
                    JsonToken value = parser.nextToken();
                    if (isStatus) {
                        problem = value == JsonToken.VALUE_STRING
                                ? problem(parser.getText())
                                : "a status that is no text";
                        if (!problem.isEmpty()) {
                            return problem;
                        }
                    }
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // Not JSON from here on.
        }
        return problem;
    }

    private static String problem(String status) {
        return status.equals("success") ? "" : '"' + PlainText.oneLine(status, SHOWN_MAX) + '"';
    }
}
