package io.hookline.deliverer.http;

import io.hookline.deliverer.answer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where one request's answer goes: remembers how often it was told. */
final class Reports implements Consumer<Answer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Answer> all = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);

    @Override
    public void accept(Answer answer) {
        all.add(answer);
        first.countDown();
    }

    List<Answer> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Waits for the first answer. */
    Answer await() {
        try {
            if (!first.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("no answer within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return all.get(0);
    }

    /** Waits for an answer with a status. */
    Answer.Response response() {
        if (await() instanceof Answer.Response response) {
            return response;
        }
        throw new AssertionError("no response but " + all);
    }

    /** Waits for a failure. */
    Answer.Failure failure() {
        if (await() instanceof Answer.Failure failure) {
            return failure;
        }
        throw new AssertionError("no failure but " + all);
    }
}
