package io.hookline.deliverer.answer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.hookline.avro.Reason;
import io.hookline.avro.SuccessRule;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What an answer means.
 *
 * <p>A status line is an answer even if the body never ends: a receiver that said 200 has the delivery, and sending it again would only make
 * a duplicate. Only the rule that looks into the body needs the body.
 *
 * @param reason the enumerated reason
 * @param detail for people
 */
public record Verdict(Reason reason, String detail) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    public static Verdict of(Answer answer, SuccessRule rule) {
        if (answer instanceof Answer.Failure failure) {
            return new Verdict(failure.reason(), failure.detail());
        }
        Answer.Response response = (Answer.Response) answer;
        Reason reason = ofStatus(response.status());
        if (reason == Reason.SUCCESS && rule == SuccessRule.JSON_STATUS_SUCCESS) {
            return ofBody(response);
        }
        return new Verdict(reason, "HTTP status " + response.status());
    }

    public boolean isSuccess() {
        return reason == Reason.SUCCESS;
    }

    private static Reason ofStatus(int status) {
        if (status >= 200 && status < 300) {
            return Reason.SUCCESS;
        } else if (status >= 300 && status < 400) {
            return Reason.REDIRECT;
        }
        return switch (status) {
            case 410 -> Reason.GONE;
            case 429 -> Reason.THROTTLED;
            case 502, 503, 504 -> Reason.UNAVAILABLE;
            default ->
                status >= 400 && status < 500
                        ? Reason.CLIENT_ERROR
                        : status >= 500 && status < 600 ? Reason.SERVER_ERROR : Reason.PROTOCOL_ERROR;
        };
    }

    private static Verdict ofBody(Answer.Response response) {
        String found;
        try {
            found = statusMember(response.body());
        } catch (JacksonException e) {
            found = "no JSON object";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.equals("\"success\"")
                ? new Verdict(Reason.SUCCESS, "HTTP status " + response.status() + ", status \"success\"")
                : new Verdict(
                        Reason.BODY_NOT_SUCCESS,
                        "HTTP status " + response.status() + ", but its body has " + found
                                + " where \"status\":\"success\" is expected");
    }

    /** The top-level member {@code status} as JSON text, or words for what is there instead. */
    private static String statusMember(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "no JSON object";
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isStatus = parser.currentName().equals("status");
                JsonToken value = parser.nextToken();
                if (isStatus) {
                    return value == JsonToken.VALUE_STRING ? '"' + parser.getText() + '"' : "a status that is no text";
                }
                parser.skipChildren();
            }
            return "no status";
        }
    }
}
