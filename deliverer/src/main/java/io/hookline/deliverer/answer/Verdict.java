package io.hookline.deliverer.answer;

import io.hookline.avro.Reason;
import io.hookline.avro.SuccessRule;

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

    /** Whether an end of an attempt asks for fewer at once: no answer at all, or one that says so. */
    public static boolean isOverload(Answer answer) {
        if (answer instanceof Answer.Response response) {
            Reason reason = ofStatus(response.status());
            return reason == Reason.THROTTLED || reason == Reason.UNAVAILABLE;
        }
        return true;
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
        String problem = StatusMember.problem(response.body());
        if (problem.isEmpty()) {
            return new Verdict(Reason.SUCCESS, "HTTP status " + response.status() + ", status \"success\"");
        }
        String read = response.isWhole() ? "" : ", cut off after " + response.body().length + " bytes,";
        return new Verdict(
                Reason.BODY_NOT_SUCCESS,
                "HTTP status " + response.status() + ", but its body" + read + " has " + problem
                        + " where \"status\":\"success\" is expected");
    }
}
