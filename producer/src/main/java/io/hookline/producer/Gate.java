package io.hookline.producer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets calls in until it is closed, and closing waits for those inside: so no event is handed to Kafka's client while that is closing.
 */
final class Gate {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /** @throws IllegalStateException when closed */
    void enter() {
        if (closed || !lock.readLock().tryLock()) {
            throw closedAlready();
        }
        if (closed) {
            lock.readLock().unlock();
            throw closedAlready();
        }
    }

    void leave() {
        lock.readLock().unlock();
    }

    /** Closes, then waits for those inside, up to a limit. Answers false if it was closed before. */
    boolean close(Duration limit) throws InterruptedException {
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
        }
        boolean insideMyself = lock.getReadHoldCount() > 0;
        if (!insideMyself && lock.writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            lock.writeLock().unlock();
        }
        return true;
    }

    private static IllegalStateException closedAlready() {
        return new IllegalStateException("This producer is closed; nothing can be emitted with it any more.");
    }
}
