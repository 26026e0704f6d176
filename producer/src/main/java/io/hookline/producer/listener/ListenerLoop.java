package io.hookline.producer.listener;

import io.hookline.producer.EmitException;
import io.hookline.producer.listener.ListenerProblem.Kind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of a listener: session after session until it is told to stop.
 *
 * <pre>
 *   session ──fails──► wait ──► session
 *      │ └──told to stop──► ended
 *      └──halt──► ended, and the whole listener with it
 * </pre>
 */
final class ListenerLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(EventListener.class);

    private final ListenerSettings settings;
    private final Supplier<Session> sessions;
    private final CountDownLatch stop;
    private final Consumer<ListenerProblem> halt;

    /**
     * @param stop at zero when it is to stop
     * @param halt told why the whole listener has to stop
     */
    ListenerLoop(
            ListenerSettings settings,
            Supplier<Session> sessions,
            CountDownLatch stop,
            Consumer<ListenerProblem> halt) {
        this.settings = settings;
        this.sessions = sessions;
        this.stop = stop;
        this.halt = halt;
    }

    @Override
    public void run() {
        Failures failures = new Failures();
        try {
            while (stop.getCount() > 0) {
                try {
                    session(failures);
                } catch (InterruptException e) {
                    throw e;
                } catch (KafkaException | EmitException e) {
                    recover(e, failures);
                }
            }
        } catch (HaltedException e) {
            halt.accept(e.problem());
        } catch (InterruptedException | InterruptException e) {
            log.warn("listener of {}: interrupted; what was not committed will be handled again", settings.service());
        } catch (RuntimeException | Error e) {
            halt.accept(failed(e));
        }
    }

    private void session(Failures failures) throws InterruptedException, HaltedException {
        try (Session session = sessions.get()) {
            while (stop.getCount() > 0) {
                if (session.turn()) {
                    failures.count = 0;
                }
            }
        }
    }

    private void recover(RuntimeException e, Failures failures) throws InterruptedException, HaltedException {
        if (isFinal(e)) {
            throw new HaltedException(failed(e));
        }
        failures.count++;
        log.warn(
                "listener of {}: starting again from the committed offsets (failure {} in a row)",
                settings.service(),
                failures.count,
                e);
        boolean stopped = stop.await(settings.backoff().after(failures.count).toMillis(), TimeUnit.MILLISECONDS);
        if (stopped) {
            log.debug("listener of {}: stopped while waiting", settings.service());
        }
    }

    private ListenerProblem failed(Throwable e) {
        return new ListenerProblem(
                Kind.LISTENER_FAILED, settings.service(), "the listener cannot go on: " + e, "", -1, -1, e);
    }

    /** Whether the next session would fail in the same way until somebody changes something. */
    private static boolean isFinal(RuntimeException e) {
        if (e instanceof EmitException emit) {
            return emit.reason() == EmitException.Reason.NOT_AUTHORIZED;
        }
        return e instanceof AuthorizationException
                || e instanceof AuthenticationException
                || e instanceof FencedInstanceIdException
                || e instanceof InvalidConfigurationException
                || e instanceof UnsupportedVersionException
                || e instanceof NoOffsetForPartitionException
                || e instanceof ConfigException
                || e.getCause() instanceof ConfigException;
    }

    /** How many sessions in a row have failed without committing anything. */
    private static final class Failures {
        private int count;
    }
}
