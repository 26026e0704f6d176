package io.hookline.prove.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One process of a run. Any thread. */
public final class JvmProcess {
    private static final Duration DEATH_MAX = Duration.ofSeconds(30);
    private static final Duration SIGNAL_MAX = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path log;
    private final long logFrom;

    JvmProcess(String name, Process process, Path log, long logFrom) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logFrom = logFrom;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; stopped processes too. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!awaitEnd(DEATH_MAX)) {
            throw new IllegalStateException(this + " survives kill -9");
        }
    }

    /** SIGSTOP: from now on it does nothing and knows nothing of it. */
    void stop() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** False if it still runs when the time is over. */
    public boolean awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + this, e);
        }
    }

    /** Only after its end. */
    int exitCode() {
        return process.exitValue();
    }

    /** Whether its log, from this start on, contains the text. */
    boolean hasLogged(String text) {
        return LogText.contains(log, logFrom, text);
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SIGNAL_MAX.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("signal " + signal + " could not be sent to " + this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("command 'kill' is needed to send signals", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling " + this, e);
        }
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ", log " + log + ")";
    }
}
