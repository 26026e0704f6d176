package io.hookline.ops.service;

import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service until the process is told to end, the service stops by itself, or the calling thread is interrupted. SIGTERM and SIGINT
 * close it cleanly: the process then ends with 0, or with 1 where closing failed.
 */
public final class ServiceRunner {
    private static final Logger log = LoggerFactory.getLogger(ServiceRunner.class);

    private final Console console;
    private final ServiceKind kind;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    public ServiceRunner(Console console, ServiceKind kind) {
        this.console = console;
        this.kind = kind;
    }

    /**
     * Blocks while the service runs.
     *
     * @throws io.hookline.ops.kafka.KafkaUnreachableException when Kafka does not answer within seconds, before anything is started
     * @throws io.hookline.ops.kafka.NoRegistryException where no registry is named
     * @throws io.hookline.schemas.registry.RegistryException when the registry does not answer, before anything is started
     */
    public int run(ServiceSettings settings) {
        kind.effective(settings.values());
        ask(settings);
        ServiceKind.Running running = kind.start(settings.values());
        Thread hook =
                new Thread(() -> Runtime.getRuntime().halt(close(running) ? ExitCode.OK : ExitCode.FAILED), "close");
        Runtime.getRuntime().addShutdownHook(hook);
        console.say(name() + " " + running.instance() + " is running; Ctrl-C ends it.");
        try {
            String reason = running.stopped().get();
            console.say("error: " + name() + " has stopped: " + reason);
            return ExitCode.FAILED;
        } catch (ExecutionException e) {
            console.say("error: " + name() + " has stopped: " + e.getCause());
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            return close(running) ? ExitCode.OK : ExitCode.FAILED;
        } finally {
            close(running);
            removeHook(hook);
        }
    }

    /** Asks Kafka and the registry once, as commands do: what is wrong with them is said the same way, before anything is started. */
    private void ask(ServiceSettings settings) {
        try (KafkaConnection kafka = KafkaConnection.open(settings.connection(kind))) {
            var unused = kafka.registry().latest(kafka.names().subscriptions() + "-value");
        }
    }

    /** Closes once, whoever asks first; the others wait for it. */
    private boolean close(ServiceKind.Running running) {
        synchronized (this) {
            if (!closed.isDone()) {
                try {
                    running.close().run();
                    log.info("{} {} closed", name(), running.instance());
                    closed.complete(true);
                } catch (RuntimeException e) {
                    log.error("{} {} did not close cleanly", name(), running.instance(), e);
                    closed.complete(false);
                }
            }
        }
        return closed.join();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook with it.
        }
    }

    private String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
