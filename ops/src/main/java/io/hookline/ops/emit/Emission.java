package io.hookline.ops.emit;

import io.hookline.producer.EmitException;
import io.hookline.producer.EmittedEvent;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.producer.InvalidEventException;
import io.hookline.producer.NotAcknowledgedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Emits the lines of sources. First every line of every source is checked, and where one is wrong nothing is emitted; only then, in a second
 * pass, events go out. Or wrong lines are skipped and counted, in one pass. One thread.
 */
public final class Emission {
    private static final int PROBLEMS_KEPT_MAX = 100;
    private static final int IN_FLIGHT_MAX = 20_000;

    private final List<EventSource> sources;
    private final EventForm form;
    private final List<LineProblem> problems = new ArrayList<>();
    private final Map<String, Long> types = new TreeMap<>();
    private long valid;
    private long invalid;
    private long withoutTenant;
    private @Nullable EmittedEvent last;

    public Emission(List<EventSource> sources, EventForm form) {
        this.sources = List.copyOf(sources);
        this.form = form;
    }

    /** Takes the valid event of a line. */
    private interface Sink {
        void event(EventSource source, long line, Event event) throws LineException;
    }

    /** The first pass: checks every line, also as the producer would. */
    public void check(EventProducer producer) {
        readAll((source, line, event) -> {
            var unused = producer.prepare(event);
        });
    }

    /** The first pass without a producer: what a line alone tells. */
    public void check() {
        readAll((source, line, event) -> {});
    }

    /**
     * Emits every valid line.
     *
     * @param progress told how many more lines were handed to Kafka
     * @throws EmissionFailedException where Kafka did not take or acknowledge an event; says what is known
     */
    public void emit(EventProducer producer, LongConsumer progress) {
        Semaphore room = new Semaphore(IN_FLIGHT_MAX);
        AtomicReference<@Nullable String> failure = new AtomicReference<>();
        AtomicReference<@Nullable EmittedEvent> emitted = new AtomicReference<>();
        readAll((source, line, event) -> {
            String known = failure.get();
            if (known != null) {
                throw new EmissionFailedException(known);
            }
            room.acquireUninterruptibly();
            try {
                var unused = producer.emit(event).whenComplete((done, e) -> {
                    room.release();
                    if (e == null) {
                        emitted.set(done);
                    } else {
                        failure.compareAndSet(null, source.name() + ":" + line + ": " + e.getMessage());
                    }
                });
            } catch (EmitException e) {
                throw new EmissionFailedException(source.name() + ":" + line + ": " + e.getMessage());
            }
            progress.accept(1);
        });
        try {
            producer.flush();
        } catch (NotAcknowledgedException e) {
            String known = failure.get();
            throw new EmissionFailedException(known == null ? String.valueOf(e.getMessage()) : known);
        }
        last = emitted.get();
    }

    /** Begins to count anew, for the second pass. */
    public void restart() {
        problems.clear();
        types.clear();
        valid = 0;
        invalid = 0;
        withoutTenant = 0;
    }

    /** Valid lines of this pass; after {@link #emit}, all of them are acknowledged. */
    public long valid() {
        return valid;
    }

    public long invalid() {
        return invalid;
    }

    /** How many of the valid lines name no tenant. */
    public long withoutTenant() {
        return withoutTenant;
    }

    /** The first of the wrong lines. */
    public List<LineProblem> problems() {
        return List.copyOf(problems);
    }

    /** Valid lines by event type. */
    public Map<String, Long> types() {
        return Map.copyOf(types);
    }

    /** One of the events that were emitted; the only one where there was one. */
    public @Nullable EmittedEvent last() {
        return last;
    }

    private void readAll(Sink sink) {
        for (EventSource source : sources) {
            try (LineReader reader = new LineReader(source.opener().open())) {
                read(source, reader, sink);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + source.name() + ": " + e.getMessage(), e);
            }
        }
    }

    private void read(EventSource source, LineReader reader, Sink sink) throws IOException {
        byte[] line = reader.next();
        while (line != null) {
            if (reader.isTooLong()) {
                wrong(source, reader.line(), 0, "the line is longer than " + LineReader.LINE_BYTES_MAX + " bytes.");
            } else if (!isBlank(line)) {
                event(source, reader.line(), line, sink);
            }
            line = reader.next();
        }
    }

    private void event(EventSource source, long number, byte[] line, Sink sink) {
        try {
            Event event = form.event(line);
            sink.event(source, number, event);
            valid++;
            withoutTenant += event.tenant() == null ? 1 : 0;
            types.merge(String.valueOf(event.type()), 1L, Long::sum);
        } catch (LineException e) {
            wrong(source, number, e.column(), String.valueOf(e.getMessage()));
        } catch (InvalidEventException e) {
            wrong(source, number, 0, String.valueOf(e.getMessage()));
        }
    }

    private void wrong(EventSource source, long line, int column, String text) {
        invalid++;
        if (problems.size() < PROBLEMS_KEPT_MAX) {
            problems.add(new LineProblem(source.name(), line, column, text));
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
