package io.hookline.prove.evidence;

import io.hookline.avro.Attempt;
import io.hookline.avro.NextStep;
import io.hookline.prove.check.Checker;
import io.hookline.prove.process.Await;
import io.hookline.schemas.serde.RecordCodec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Waits until every promised delivery has a committed attempt that ended it. */
public final class Drain {
    private static final Duration LOOK = Duration.ofMillis(500);

    private Drain() {}

    /**
     * Blocks until everything has ended, or nothing has for {@code idleMax}.
     *
     * @param progress told how many are still open
     * @return how many are still open
     */
    public static long await(
            Map<String, String> connection, List<String> types, Duration idleMax, LongConsumer progress) {
        try (Topics topics = new Topics(connection)) {
            Collector collector = new Collector(topics);
            Set<String> open =
                    new HashSet<>(Checker.promised(collector.events(types), collector.subscriptions(id -> true)));
            RecordCodec<Attempt> codec = topics.codec(Attempt.class);
            try (TopicReader attempts = topics.reader(Topics.names().attempts())) {
                long changed = System.nanoTime();
                while (true) {
                    int before = open.size();
                    attempts.readOn(record -> {
                        Attempt attempt = codec.decodeBlocking(record.value());
                        if (attempt.getNext() != NextStep.RETRY) {
                            open.remove(attempt.getWebhookId());
                        }
                    });
                    if (open.size() < before) {
                        changed = System.nanoTime();
                    }
                    progress.accept(open.size());
                    if (open.isEmpty() || System.nanoTime() - changed > idleMax.toNanos()) {
                        return open.size();
                    }
                    Await.pause(LOOK);
                }
            }
        }
    }
}
