package io.hookline.prove.receive;

import io.hookline.testkit.receiver.Mischief;
import io.hookline.testkit.receiver.Mischiefs;
import io.hookline.testkit.receiver.Reply;
import io.hookline.testkit.receiver.Script;
import io.hookline.testkit.receiver.Scripts;
import java.time.Duration;
import java.util.SplittableRandom;

/** How an endpoint answers. */
public sealed interface Behaviour {

    /** Speaks HTTP as it should, and may change its mind later. */
    record Scripted(Script script) implements Behaviour {}

    /** Breaks the protocol on every connection, for good; keeps no log. */
    record Hostile(Mischief mischief) implements Behaviour {}

    /** 200 at once. */
    static Behaviour ok() {
        return new Scripted(Scripts.ok());
    }

    /** 503 to the first {@code times} requests of every delivery. */
    static Behaviour failsFirst(int times) {
        return new Scripted(Scripts.failFirst(times, 503));
    }

    /** 500 to a share of the requests, chosen by the seed, the delivery and how often it was seen. */
    static Behaviour failsSometimes(double share, long seed) {
        return new Scripted((request, timesSeen) -> {
            long mixed = seed * 31 + request.webhookId().orElse("").hashCode();
            double drawn = new SplittableRandom(mixed * 31 + timesSeen).nextDouble();
            return Reply.status(drawn < share ? 500 : 200);
        });
    }

    /** 200 after a time. */
    static Behaviour slow(Duration time) {
        return new Scripted(Scripts.slow(time));
    }

    /** 500 always. */
    static Behaviour dead() {
        return new Scripted(Scripts.status(500));
    }

    /** Takes every request and never answers. */
    static Behaviour neverAnswers() {
        return new Scripted(Scripts.neverAnswers());
    }

    /** Closes the connection instead of answering the first request of every delivery. */
    static Behaviour resetsFirst() {
        return new Scripted(Scripts.first(1, Scripts.always(Reply.disconnect()), Scripts.ok()));
    }

    /** Answers a byte at a time, for longer than any attempt may take. */
    static Behaviour drips() {
        return new Hostile(Mischiefs.drip(Duration.ofMillis(200)));
    }

    /** Resets every connection before a byte is read. */
    static Behaviour resets() {
        return new Hostile(Mischiefs.earlyClose());
    }
}
