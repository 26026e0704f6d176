package io.hookline.prove.load;

import io.hookline.producer.EventProducer;
import io.hookline.producer.NotAcknowledgedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits events at a steady rate, whatever the pipeline does (an open loop), and writes the id of each that Kafka acknowledged to a file, one
 * a line. What cannot be emitted while brokers are down is not an accepted event; it is counted and forgotten.
 */
public final class Workload implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workload.class);
    private static final long TICK_MS = 20;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(150);

    private final EventProducer producer;
    private final EventMaker maker;
    private final BufferedWriter acknowledged;
    private final double perTick;
    private final ScheduledExecutorService timer;
    private final AtomicLong emitted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private double owed;

    private Workload(Map<String, String> settings, EventMaker maker, double perSecond, Path file) {
        this.producer = EventProducer.create(settings);
        this.maker = maker;
        this.perTick = perSecond * TICK_MS / 1_000;
        try {
            this.acknowledged = Files.newBufferedWriter(file);
        } catch (IOException e) {
            producer.close();
            throw new UncheckedIOException(e);
        }
        this.timer = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread thread = new Thread(run, "workload");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to emit.
     *
     * @param settings of the producer library
     * @param file where the ids of acknowledged events go
     */
    public static Workload start(Map<String, String> settings, EventMaker maker, double perSecond, Path file) {
        Workload workload = new Workload(settings, maker, perSecond, file);
        var unused = workload.timer.scheduleAtFixedRate(workload::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
        return workload;
    }

    /** Events that Kafka acknowledged so far. */
    public long emitted() {
        return emitted.get();
    }

    /** Events that were not acknowledged. They may be in the topics all the same. */
    public long failed() {
        return failed.get();
    }

    private void tick() {
        owed += perTick;
        for (; owed >= 1; owed--) {
            try {
                var unused = producer.emit(maker.next()).whenComplete((event, failure) -> {
                    if (failure == null) {
                        note(event.id());
                    } else {
                        failed.incrementAndGet();
                    }
                });
            } catch (RuntimeException e) {
                log.debug("not emitted", e);
                failed.incrementAndGet();
            }
        }
    }

    private void note(String id) {
        try {
            synchronized (acknowledged) {
                acknowledged.write(id);
                acknowledged.newLine();
            }
            emitted.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        finish();
    }

    /** Stops emitting and waits for what is under way to be acknowledged or to fail. Does nothing the second time. */
    public void finish() {
        timer.shutdown();
        try {
            boolean unused = timer.awaitTermination(CLOSE_MAX.toSeconds(), TimeUnit.SECONDS);
            producer.close(CLOSE_MAX);
        } catch (NotAcknowledgedException e) {
            log.debug("some events were not acknowledged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeFile();
        }
    }

    private void closeFile() {
        try {
            synchronized (acknowledged) {
                acknowledged.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
