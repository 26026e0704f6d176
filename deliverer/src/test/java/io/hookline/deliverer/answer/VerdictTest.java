package io.hookline.deliverer.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Reason;
import io.hookline.avro.SuccessRule;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final byte[] SUCCESS = "{\"status\":\"success\"}".getBytes(UTF_8);

    private static Reason expected(int status) {
        if (status == 410) {
            return Reason.GONE;
        } else if (status == 429) {
            return Reason.THROTTLED;
        } else if (Set.of(502, 503, 504).contains(status)) {
            return Reason.UNAVAILABLE;
        }
        return switch (status / 100) {
            case 2 -> Reason.SUCCESS;
            case 3 -> Reason.REDIRECT;
            case 4 -> Reason.CLIENT_ERROR;
            case 5 -> Reason.SERVER_ERROR;
            default -> Reason.PROTOCOL_ERROR;
        };
    }

    @ParameterizedTest
    @EnumSource(SuccessRule.class)
    void shouldJudgeEveryStatus(SuccessRule rule) {
        for (int status = 0; status < 1_000; status++) {
            Verdict verdict = Verdict.of(new Answer.Response(status, null, SUCCESS, true), rule);
            assertThat(verdict.reason()).as("status %d", status).isEqualTo(expected(status));
            assertThat(verdict.isSuccess()).isEqualTo(status / 100 == 2);
            assertThat(verdict.detail()).startsWith("HTTP status " + status);
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void shouldPassOnWhyThereWasNoAnswer(Reason reason) {
        assertThat(Verdict.of(new Answer.Failure(reason, "what happened"), SuccessRule.JSON_STATUS_SUCCESS))
                .isEqualTo(new Verdict(reason, "what happened"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "{\"status\":\"failure\"}"})
    void shouldNotLookIntoTheBodyUnlessTheRuleSaysSo(String body) {
        assertThat(Verdict.of(new Answer.Response(200, null, body.getBytes(UTF_8), false), SuccessRule.STATUS_2XX))
                .isEqualTo(new Verdict(Reason.SUCCESS, "HTTP status 200"));
    }

    private static Verdict judged(byte[] body) {
        return Verdict.of(new Answer.Response(200, null, body, true), SuccessRule.JSON_STATUS_SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\"}",
                " \r\n\t{ \"status\" : \"success\" } \n",
                "\uFEFF{\"status\":\"success\"}",
                "{\"status\":\"suc\\u0063ess\"}",
                "{\"st\\u0061tus\":\"success\"}",
                "{\"id\":[1,{\"status\":\"failure\"}],\"nested\":{\"status\":\"failure\"},\"status\":\"success\"}",
                "{\"status\":\"success\",\"status\":\"success\"}",
                // Only the status counts: what breaks off or breaks down after it does not matter.
                "{\"status\":\"success\"",
                "{\"status\":\"success\",\"x\":",
                "{\"status\":\"success\"}trailing",
                "{\"status\":\"success\",garbage",
            })
    void shouldTakeASuccess(String body) {
        assertThat(judged(body.getBytes(UTF_8)))
                .isEqualTo(new Verdict(Reason.SUCCESS, "HTTP status 200, status \"success\""));
    }

    @Test
    void shouldTakeASuccessBesidesBytesThatAreNoText() {
        byte[] latin = "{\"status\":\"success\",\"message\":\"erh\u00f6ht\"}".getBytes(ISO_8859_1);
        assertThat(judged(latin).isSuccess()).isTrue();
        assertThat(judged("{\"status\":\"success\"}".getBytes(UTF_16)).isSuccess())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "success",
                "\"success\"",
                "null",
                "1",
                "[]",
                "[{\"status\":\"success\"}]",
                "garbage {\"status\":\"success\"}",
                "<html>{\"status\":\"success\"}</html>",
                "{\"status\":\"succ",
                "{\"status\":",
                "{\"sta",
                "{",
                "{}",
                "{\"Status\":\"success\"}",
                "{\"status\":\"SUCCESS\"}",
                "{\"status\":\" success\"}",
                "{\"status\":\"\"}",
                "{\"status\":null}",
                "{\"status\":true}",
                "{\"status\":200}",
                "{\"status\":[\"success\"]}",
                "{\"status\":{\"status\":\"success\"}}",
                "{\"data\":{\"status\":\"success\"}}",
                "{'status':'success'}",
                "{status:\"success\"}",
                "{broken \"status\":\"success\"}",
                "{\"status\":\"failure\",\"status\":\"success\"}",
                "{\"status\":\"success\",\"status\":\"failure\"}",
                "{\"status\":\"success\",\"status\":null}",
            })
    void shouldNotTakeAnythingElse(String body) {
        Verdict verdict = judged(body.getBytes(UTF_8));
        assertThat(verdict.reason()).isEqualTo(Reason.BODY_NOT_SUCCESS);
        assertThat(verdict.detail())
                .startsWith("HTTP status 200, but its body has ")
                .endsWith(" where \"status\":\"success\" is expected");
    }

    @Test
    void shouldSayWhatItFound() {
        assertThat(judged("{\"status\":\"failure\"}".getBytes(UTF_8)).detail()).contains("has \"failure\" where");
        assertThat(judged("{\"status\":1}".getBytes(UTF_8)).detail()).contains("has a status that is no text where");
        assertThat(judged("{}".getBytes(UTF_8)).detail()).contains("has no status where");
        assertThat(judged("[]".getBytes(UTF_8)).detail()).contains("has no JSON object where");
        assertThat(Verdict.of(
                                new Answer.Response(201, null, "{\"id\":12".getBytes(UTF_8), false),
                                SuccessRule.JSON_STATUS_SUCCESS)
                        .detail())
                .isEqualTo("HTTP status 201, but its body, cut off after 8 bytes, has no status"
                        + " where \"status\":\"success\" is expected");
    }

    /** What an endpoint answers stands in logs and in records. */
    @Test
    void shouldNeitherRepeatALongStatusNorItsLineBreaks() {
        String status = "evil\\n2026-11-24 ERROR \\u001b[31m" + "x".repeat(60_000);
        String detail =
                judged(("{\"status\":\"" + status + "\"}").getBytes(UTF_8)).detail();
        assertThat(detail).hasSizeLessThan(250).doesNotContain("\n").doesNotContain("\u001b");
    }

    @Test
    void shouldFindTheStatusBehindLongNumbersNamesAndTexts() {
        String x = "x".repeat(15_000);
        String body =
                "{\"number\":" + "7".repeat(15_000) + ",\"" + x + "\":1,\"text\":\"" + x + "\",\"status\":\"success\"}";
        assertThat(judged(body.getBytes(UTF_8)).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void shouldSurviveDeepNesting(String open) {
        byte[] deep = open.repeat(Answer.READ_BYTES_MAX / open.length()).getBytes(UTF_8);
        assertThat(judged(deep).reason()).isEqualTo(Reason.BODY_NOT_SUCCESS);
        byte[] inside = ("{\"x\":" + open.repeat(10_000)).getBytes(UTF_8);
        assertThat(judged(inside).reason()).isEqualTo(Reason.BODY_NOT_SUCCESS);
        assertThat(judged(("{\"status\":\"success\",\"x\":" + open.repeat(10_000)).getBytes(UTF_8))
                        .isSuccess())
                .isTrue();
    }

    /** Jackson takes these for UTF-32 and fails with an exception that is none of its own: it ended the loop once. */
    @Test
    void shouldSurviveBytesThatLookLikeUtf32() {
        byte[][] bodies = {
            {0, 0, (byte) 0xff, (byte) 0xfe},
            {0, 0, (byte) 0xfe, (byte) 0xff, -1, -1, -1, -1},
            {0, 0, 0, '{', -1, -1, -1, -1},
            {(byte) 0xff, (byte) 0xfe, 0, 0, '{', 0, 0},
            {(byte) 0xfe, (byte) 0xff, 0},
        };
        for (byte[] body : bodies) {
            assertThat(judged(body).reason()).as(Arrays.toString(body)).isEqualTo(Reason.BODY_NOT_SUCCESS);
        }
    }
}
