package io.hookline.producer;

/**
 * What is done in one transaction.
 *
 * @param <X> what it may throw, which aborts the transaction
 */
@FunctionalInterface
public interface TransactionWork<X extends Exception> {
    void run(Transaction transaction) throws X;
}
