package io.hookline.deliverer.commit;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits one batch at a time, each as one transaction, on a thread of its own, and reports what became of it. After anything that leaves the
 * producer unusable, a new one takes its place; whether the transaction was written is never guessed (see {@link CommitResult}).
 *
 * <p>{@link #submit} and {@link #close} may be called by one other thread, the loop.
 */
public final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long RESTART_PAUSE_MS = 200;
    private static final Duration COMMIT_RETRIES_MAX = Duration.ofSeconds(30);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Consumer<CommitResult> report;
    private final BlockingQueue<Batch> submitted = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producers makes transactional producers, all with one transactional id
     * @param report called on the committer's thread, once a batch
     */
    public Committer(String name, Supplier<Producer<byte[], byte[]>> producers, Consumer<CommitResult> report) {
        this.producers = producers;
        this.report = report;
        this.thread = new Thread(this::run, name);
    }

    public void start() {
        thread.start();
    }

    /** Hands over a batch; the one before must have been reported. */
    public void submit(Batch batch) {
        if (!submitted.offer(batch)) {
            throw new IllegalStateException("A batch is still waiting to be committed.");
        }
    }

    private void run() {
        try {
            ready();
            while (!isClosing()) {
                Batch batch = submitted.poll(1, TimeUnit.SECONDS);
                if (batch != null) {
                    report.accept(commit(batch));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            discard();
        }
    }

    private CommitResult commit(Batch batch) throws InterruptedException {
        long start = System.nanoTime();
        Producer<byte[], byte[]> current = ready();
        if (current == null) {
            return new CommitResult.Aborted(batch, new KafkaException("closing"));
        }
        AtomicReference<@Nullable SendFailure> failure = new AtomicReference<>();
        try {
            current.beginTransaction();
            batch.outputs().forEach(output -> send(current, output, failure));
            batch.state().forEach(output -> send(current, output, failure));
            if (!batch.offsets().isEmpty()) {
                current.sendOffsetsToTransaction(batch.offsets(), batch.group());
            }
            current.flush();
        } catch (KafkaException | IllegalStateException e) {
            abort(current);
            return notWritten(batch, failure.get(), e);
        }
        SendFailure failed = failure.get();
        if (failed != null) {
            abort(current);
            return notWritten(batch, failed, failed.cause());
        }
        return end(current, batch, start);
    }

    private record SendFailure(Output output, Exception cause) {}

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has it
    private static void send(
            Producer<byte[], byte[]> producer, Output output, AtomicReference<@Nullable SendFailure> first) {
        try {
            producer.send(output.record(), (metadata, failure) -> {
                if (failure != null) {
                    first.compareAndSet(null, new SendFailure(output, failure));
                }
            });
        } catch (KafkaException e) {
            first.compareAndSet(null, new SendFailure(output, e));
            throw e;
        }
    }

    private static CommitResult notWritten(Batch batch, @Nullable SendFailure failure, Exception cause) {
        if (failure != null
                && (failure.cause() instanceof RecordTooLargeException
                        || failure.cause() instanceof InvalidTimestampException)) {
            return new CommitResult.Refused(batch, failure.output(), failure.cause());
        }
        return new CommitResult.Aborted(batch, cause);
    }

    /** Ends the transaction. A time-out says nothing, so it is asked again; any other failure leaves it open what happened. */
    private CommitResult end(Producer<byte[], byte[]> current, Batch batch, long start) {
        long giveUp = System.nanoTime() + COMMIT_RETRIES_MAX.toNanos();
        while (true) {
            try {
                current.commitTransaction();
                return new CommitResult.Committed(batch, (System.nanoTime() - start) / 1_000_000);
            } catch (TimeoutException e) {
                if (System.nanoTime() > giveUp || isClosing()) {
                    discard();
                    return new CommitResult.InDoubt(batch, e);
                }
                LOG.warn("commit timed out, asking again: {}", e.getMessage());
            } catch (KafkaException | IllegalStateException e) {
                discard();
                return new CommitResult.InDoubt(batch, e);
            }
        }
    }

    private void abort(Producer<byte[], byte[]> current) {
        try {
            current.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.info("producer given up after a failed abort: {}", e.getMessage());
            discard();
        }
    }

    /** A producer whose transactions are initialised, or null when closing. */
    private @Nullable Producer<byte[], byte[]> ready() throws InterruptedException {
        while (producer == null && !isClosing()) {
            Producer<byte[], byte[]> fresh = null;
            try {
                fresh = producers.get();
                fresh.initTransactions();
                producer = fresh;
            } catch (KafkaException e) {
                LOG.warn("no transactional producer yet, trying again: {}", e.getMessage());
                if (fresh != null) {
                    fresh.close(Duration.ZERO);
                }
                closing.await(RESTART_PAUSE_MS, TimeUnit.MILLISECONDS);
            }
        }
        return producer;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void discard() {
        Producer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) {
            current.close(Duration.ZERO);
        }
    }

    /** Ends the thread after the batch under way; a batch in doubt stays so. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
