package io.hookline.testkit.kafka;

import java.util.function.Consumer;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives what Kafka's parts call faults. A stand-alone broker ends its process on a fatal one; in a JVM of others it must not. */
final class Faults implements FaultHandlerFactory {
    private static final Logger log = LoggerFactory.getLogger(Faults.class);

    private final Consumer<Throwable> onFatal;

    /** {@code onFatal} is told of every fatal fault, on the thread that met it. */
    Faults(Consumer<Throwable> onFatal) {
        this.onFatal = onFatal;
    }

    @Override
    public FaultHandler build(String name, boolean isFatal, Runnable action) {
        return new FaultHandler() {
            @Override
            public RuntimeException handleFault(String message, @Nullable Throwable cause) {
                RuntimeException fault = new IllegalStateException("Kafka: " + name + ": " + message, cause);
                log.error("{} fault in the embedded Kafka", isFatal ? "fatal" : "non-fatal", fault);
                action.run();
                if (isFatal) {
                    onFatal.accept(fault);
                }
                return fault;
            }
        };
    }
}
