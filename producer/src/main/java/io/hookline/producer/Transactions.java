package io.hookline.producer;

import io.hookline.producer.EmitException.Reason;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one transaction after another on one Kafka producer.
 *
 * <pre>
 *   idle ──begin──► open ──commit──► idle
 *                    │ └──work or commit fails──► aborted ──► idle
 *                    └──abort fails, or outcome unknown──► unusable (for good)
 * </pre>
 *
 * Thread-safe: a thread waits up to {@code max.block.ms} for the transaction of another.
 */
final class Transactions {
    /** A commit that timed out can only be tried again; each try takes up to {@code max.block.ms}. */
    private static final int COMMIT_TRIES_MAX = 3;

    private final Producer<byte[], byte[]> kafka;
    private final String transactionalId;
    private final long blockMsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean unusable;

    Transactions(Producer<byte[], byte[]> kafka, String transactionalId, long blockMsMax) {
        this.kafka = kafka;
        this.transactionalId = transactionalId;
        this.blockMsMax = blockMsMax;
    }

    /** Takes the transactional id over from whoever had it. Blocks at most {@code max.block.ms}. */
    void init() {
        try {
            kafka.initTransactions();
        } catch (TimeoutException e) {
            throw new EmitException(
                    Reason.KAFKA_UNREACHABLE,
                    "Kafka did not grant transactional.id " + transactionalId + " within " + blockMsMax + " ms: "
                            + Failures.text(e),
                    e);
        } catch (AuthorizationException | AuthenticationException e) {
            throw new EmitException(
                    Reason.NOT_AUTHORIZED,
                    "Kafka did not grant transactional.id " + transactionalId + ": " + Failures.text(e),
                    e);
        } catch (KafkaException e) {
            throw unusable(e);
        }
    }

    /** @param transaction not begun yet */
    <X extends Exception> List<EmittedEvent> run(Transaction transaction, TransactionWork<X> work) throws X {
        acquire();
        try {
            begin();
            work(transaction, work);
            commit(transaction);
            return transaction.emitted();
        } finally {
            transaction.end();
            lock.unlock();
        }
    }

    private void acquire() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("This thread is in a transaction already; transactions do not nest.");
        }
        try {
            if (!lock.tryLock(blockMsMax, TimeUnit.MILLISECONDS)) {
                throw new EmitException(
                        Reason.BUFFER_FULL,
                        "Another thread's transaction of " + transactionalId + " went on for more than " + blockMsMax
                                + " ms (max.block.ms). Use a producer for each thread, or shorter transactions.",
                        null);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void begin() {
        if (unusable) {
            throw unusable(null);
        }
        try {
            kafka.beginTransaction();
        } catch (KafkaException e) {
            unusable = true;
            throw unusable(e);
        }
    }

    private <X extends Exception> void work(Transaction transaction, TransactionWork<X> work) throws X {
        boolean done = false;
        try {
            work.run(transaction);
            done = true;
        } finally {
            transaction.end();
            if (!done) {
                abort();
            }
        }
    }

    private void commit(Transaction transaction) {
        try {
            ConsumerGroupMetadata group = transaction.group();
            if (group != null) {
                kafka.sendOffsetsToTransaction(transaction.offsets(), group);
            }
            commitWithTries();
        } catch (EmitException e) {
            throw e;
        } catch (InterruptException e) {
            unusable = true;
            throw e;
        } catch (KafkaException e) {
            abort();
            if (unusable) {
                throw unusable(e);
            }
            throw new EmitException(
                    Reason.TRANSACTION_ABORTED,
                    "The transaction of " + transactionalId + " was aborted, nothing of it is visible: "
                            + Failures.text(e),
                    e);
        }
    }

    private void commitWithTries() {
        for (int tries = 1; ; tries++) {
            try {
                kafka.commitTransaction();
                return;
            } catch (TimeoutException e) {
                if (tries == COMMIT_TRIES_MAX) {
                    unusable = true;
                    throw unusable(e);
                }
            }
        }
    }

    private void abort() {
        try {
            kafka.abortTransaction();
        } catch (RuntimeException e) {
            unusable = true;
        }
    }

    private EmitException unusable(@Nullable Throwable cause) {
        return new EmitException(
                Reason.PRODUCER_UNUSABLE,
                "The producer with transactional.id " + transactionalId
                        + " cannot go on: another one has taken over its id,"
                        + " or Kafka did not say how a transaction ended. Close it and make a new one"
                        + (cause == null ? "." : ": " + Failures.text(cause)),
                cause);
    }
}
