package io.hookline.ops.kafka;

import java.util.Set;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.jspecify.annotations.Nullable;

/**
 * Which failures of a transaction mean that another holder of the transactional id came in between, or that its end is not known: after both
 * the way is to take the lock again, which settles what was pending, and to read again.
 */
public final class Contention {
    private static final int CAUSES_MAX = 10;
    private static final Set<Class<? extends Exception>> SIGNS = Set.of(
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidTxnStateException.class,
            InvalidPidMappingException.class,
            UnknownProducerIdException.class,
            ConcurrentTransactionsException.class,
            TransactionAbortedException.class,
            TransactionAbortableException.class);

    /** What a broker or a client says that does not know itself what became of the request. */
    private static final Set<Class<? extends Exception>> END_UNKNOWN =
            Set.of(TimeoutException.class, UnknownServerException.class);

    private Contention() {}

    /** Whether another holder came in between, or the end of the transaction is not known. */
    public static boolean isCauseOf(Throwable failure) {
        return isFencing(failure) || hasCause(failure, END_UNKNOWN);
    }

    /** Whether another holder came in between. */
    public static boolean isFencing(Throwable failure) {
        return hasCause(failure, SIGNS);
    }

    private static boolean hasCause(Throwable failure, Set<Class<? extends Exception>> kinds) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (kinds.contains(cause.getClass())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
