package io.hookline.router.subscription;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Decodes records and compiles their filters on a thread of its own, while the thread that reads the topic reads on and applies what is ready,
 * in the order of the topic. At most {@value #AHEAD_MAX} batches of {@value #BATCH} records are ahead of what is applied. The thread ends by
 * itself a moment after the last record. All methods are for the thread that reads the topic.
 */
final class ReadAhead {
    static final String THREAD = "hookline-subscriptions";
    static final int BATCH = 512;
    private static final int AHEAD_MAX = 16;
    private static final long IDLE_MS = 500;

    private final Function<SubscriptionRecord, Change> read;
    private final BiConsumer<SubscriptionRecord, Change> apply;
    private final ExecutorService worker;
    private final Queue<Future<List<Change>>> ahead = new ArrayDeque<>();
    private final Queue<List<SubscriptionRecord>> batches = new ArrayDeque<>();
    private List<SubscriptionRecord> batch = new ArrayList<>(BATCH);

    /**
     * @param read called on the thread ahead
     * @param apply called by {@link #add} and {@link #drain}
     */
    ReadAhead(Function<SubscriptionRecord, Change> read, BiConsumer<SubscriptionRecord, Change> apply) {
        this.read = read;
        this.apply = apply;
        this.worker = new ThreadPoolExecutor(
                0, 1, IDLE_MS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), ReadAhead::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes a record, and applies earlier ones. Blocks while too many are ahead. Throws what reading or applying throws. */
    void add(SubscriptionRecord record) {
        batch.add(record);
        if (batch.size() == BATCH) {
            submit();
            while (!ahead.isEmpty()
                    && (ahead.size() > AHEAD_MAX || ahead.element().isDone())) {
                applyNext();
            }
        }
    }

    /** Applies everything that was added. Throws what reading or applying throws. */
    void drain() {
        submit();
        while (!ahead.isEmpty()) {
            applyNext();
        }
    }

    private void submit() {
        List<SubscriptionRecord> records = batch;
        batch = new ArrayList<>(BATCH);
        batches.add(records);
        ahead.add(worker.submit(() -> records.stream().map(read).toList()));
    }

    private void applyNext() {
        List<SubscriptionRecord> records = batches.remove();
        List<Change> changes = get(ahead.remove());
        for (int i = 0; i < records.size(); i++) {
            apply.accept(records.get(i), changes.get(i));
        }
    }

    private static List<Change> get(Future<List<Change>> changes) {
        try {
            return changes.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new KafkaException(e.getCause());
        }
    }
}
