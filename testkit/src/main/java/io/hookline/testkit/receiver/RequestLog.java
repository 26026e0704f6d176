package io.hookline.testkit.receiver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one endpoint received: the newest requests in full, and exact counts of all. Any thread; the lock is held for microseconds.
 */
final class RequestLog {
    /** An endpoint that has seen more different ids forgets the oldest, about 100 bytes each. */
    private static final int IDS_MAX = 1_000_000;

    private final int requestsMax;
    private final Deque<ReceivedRequest> newest = new ArrayDeque<>();
    private final Map<String, Integer> seenById = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > IDS_MAX;
        }
    };
    private final Map<Integer, Long> answersByStatus = new HashMap<>();
    private long received;

    RequestLog(int requestsMax) {
        this.requestsMax = requestsMax;
    }

    /** Returns how often its id was seen, this time included. */
    synchronized int add(ReceivedRequest request) {
        if (newest.size() == requestsMax) {
            newest.removeFirst();
        }
        newest.addLast(request);
        received++;
        notifyAll();
        return request.webhookId()
                .map(id -> seenById.merge(id, 1, Integer::sum))
                .orElse(1);
    }

    synchronized void ended(Outcome outcome) {
        if (outcome.kind() == Outcome.Kind.ANSWERED) {
            answersByStatus.merge(outcome.status(), 1L, Long::sum);
        }
    }

    synchronized long received() {
        return received;
    }

    synchronized int distinctIds() {
        return seenById.size();
    }

    synchronized long answeredWith(int status) {
        return answersByStatus.getOrDefault(status, 0L);
    }

    synchronized List<ReceivedRequest> newest() {
        return new ArrayList<>(newest);
    }

    /** Waits for at least {@code count} requests; false if the time is up first. */
    synchronized boolean awaitReceived(long count, Duration timeout) throws InterruptedException {
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (received < count) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }
}
