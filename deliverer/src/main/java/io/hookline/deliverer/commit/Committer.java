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
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
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
    private static final long IDLE_MS = 100;
    private static final long RESTART_PAUSE_MS = 200;
    private static final long RESTART_PAUSE_MS_MAX = 5_000;
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

    /** Whether it would commit what is handed over. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Hands over a batch; the one before must have been reported. */
    public void submit(Batch batch) {
        if (!submitted.offer(batch)) {
            throw new IllegalStateException("A batch is still waiting to be committed.");
        }
    }

    private void run() {
        try {
            while (!isClosing()) {
                ready(); // also between batches: a new producer ends the transaction that the one before it left open
                Batch batch = submitted.poll(IDLE_MS, TimeUnit.MILLISECONDS);
                if (batch != null) {
                    report.accept(result(batch));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            discard();
        }
    }

    /** A result in any case: whoever handed the batch over can do nothing until there is one. */
    private CommitResult result(Batch batch) throws InterruptedException {
        try {
            return commit(batch);
        } catch (RuntimeException | Error e) {
            LOG.error("a commit met an exception that it must not meet", e);
            discard();
            return new CommitResult.InDoubt(batch, new KafkaException("unexpected: " + e, e));
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
            warnIfFenced(e);
            abort(current);
            return notWritten(batch, failure.get(), e);
        }
        SendFailure failed = failure.get();
        if (failed != null) {
            warnIfFenced(failed.cause());
            abort(current);
            return notWritten(batch, failed, failed.cause());
        }
        return end(current, batch, start);
    }

    /** Why a record was not written. */
    private record SendFailure(Output output, Exception cause) {
        /**
         * Whether it is this record's own fault. Those in one request with it fail too, with another exception; so do all whose timestamps are too
         * far off, but that is the fault of a clock, and passes.
         */
        boolean isItsOwn() {
            return cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has it
    private static void send(
            Producer<byte[], byte[]> producer, Output output, AtomicReference<@Nullable SendFailure> worst) {
        try {
            producer.send(output.record(), (metadata, failure) -> {
                if (failure != null) {
                    note(worst, new SendFailure(output, failure));
                }
            });
        } catch (KafkaException e) {
            note(worst, new SendFailure(output, e));
            throw e;
        }
    }

    /** Keeps the first failure, unless a later one tells which record is to blame. */
    private static void note(AtomicReference<@Nullable SendFailure> worst, SendFailure failure) {
        worst.accumulateAndGet(
                failure,
                (known, other) ->
                        known == null || (other != null && other.isItsOwn() && !known.isItsOwn()) ? other : known);
    }

    private static CommitResult notWritten(Batch batch, @Nullable SendFailure failure, Exception cause) {
        return failure != null && failure.isItsOwn()
                ? new CommitResult.Refused(batch, failure.output(), failure.cause())
                : new CommitResult.Aborted(batch, cause);
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
                warnIfFenced(e);
                discard();
                return new CommitResult.InDoubt(batch, e);
            }
        }
    }

    private void warnIfFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                LOG.warn(
                        "fenced while committing as {}: a transaction took longer than transaction.timeout.ms, or another deliverer has the"
                                + " same deliverer.instance.id, which each needs for itself",
                        thread.getName());
                return;
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
        long pauseMs = RESTART_PAUSE_MS;
        while (producer == null && !isClosing()) {
            producer = fresh();
            if (producer == null) {
                closing.await(pauseMs, TimeUnit.MILLISECONDS);
                pauseMs = Math.min(RESTART_PAUSE_MS_MAX, 2 * pauseMs);
            }
        }
        return producer;
    }

    private @Nullable Producer<byte[], byte[]> fresh() {
        Producer<byte[], byte[]> fresh = null;
        try {
            fresh = producers.get();
            fresh.initTransactions();
            return fresh;
        } catch (RuntimeException e) {
            LOG.warn("no transactional producer yet, trying again: {}", e.toString());
            closeNow(fresh);
            return null;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void discard() {
        Producer<byte[], byte[]> current = producer;
        producer = null;
        closeNow(current);
    }

    private static void closeNow(@Nullable Producer<byte[], byte[]> unusable) {
        try {
            if (unusable != null) {
                unusable.close(Duration.ZERO);
            }
        } catch (RuntimeException e) {
            LOG.info("producer not closed cleanly: {}", e.toString());
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
