package io.hookline.testkit.receiver;

import java.time.Duration;
import java.util.List;

/** Ready-made scripts. Stateless: one may serve many endpoints. */
public final class Scripts {
    private Scripts() {}

    /** 200 without body. */
    public static Script ok() {
        return always(Reply.status(200));
    }

    public static Script status(int status) {
        return always(Reply.status(status));
    }

    public static Script always(Reply reply) {
        return (request, timesSeen) -> reply;
    }

    /** Answers {@code status} to the first {@code times} requests of each {@code webhook-id}, then 200. */
    public static Script failFirst(int times, int status) {
        return first(times, status(status), ok());
    }

    /** {@code before} for the first {@code times} requests of each {@code webhook-id}, then {@code after}. */
    public static Script first(int times, Script before, Script after) {
        return (request, timesSeen) ->
                timesSeen <= times ? before.reply(request, timesSeen) : after.reply(request, timesSeen);
    }

    /** The replies in turn for each {@code webhook-id}; the last one from then on. */
    public static Script sequence(Reply... replies) {
        List<Reply> turn = List.of(replies);
        if (turn.isEmpty()) {
            throw new IllegalArgumentException("a sequence needs at least one reply");
        }
        return (request, timesSeen) -> turn.get(Math.min(timesSeen, turn.size()) - 1);
    }

    /** Answers {@code status} with {@code Retry-After: seconds} to the first request of each {@code webhook-id}, then 200. */
    public static Script retryAfter(int status, long seconds) {
        return first(1, always(Reply.status(status).header("Retry-After", Long.toString(seconds))), ok());
    }

    /** 200 after {@code delay}. */
    public static Script slow(Duration delay) {
        return always(Reply.status(200).after(delay));
    }

    /** Accepts every request and never answers. */
    public static Script neverAnswers() {
        return always(Reply.silence());
    }

    /** 410: the endpoint wants no more webhooks. */
    public static Script gone() {
        return status(410);
    }

    /** 200 with the JSON object {@code {"status": <status>}}, for the rule that success is what the answer's body says. */
    public static Script jsonStatus(String status) {
        return always(Reply.status(200).json("{\"status\":\"" + status + "\"}"));
    }
}
