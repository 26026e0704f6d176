package io.hookline.prove.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts JVMs with the class path of this one, and remembers them, so that none outlives the run. Any thread. */
public final class Jvms implements AutoCloseable {
    private final RunDirectory directory;
    private final Set<JvmProcess> started = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Jvms(RunDirectory directory) {
        this.directory = directory;
    }

    /**
     * Starts one; its output is appended to {@code NAME.log}.
     *
     * @param options of the JVM
     */
    JvmProcess start(String name, List<String> options, String mainClass, List<String> arguments) {
        Path log = directory.file(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        long logFrom = LogText.length(log);
        try {
            JvmProcess process = new JvmProcess(name, builder.start(), log, logFrom);
            started.add(process);
            if (closed) {
                process.kill();
                throw new IllegalStateException("The run is over; " + name + " is not started any more.");
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Forgets those that have ended. */
    void forgetEnded() {
        started.removeIf(process -> !process.isAlive());
    }

    /** Kills all that run, whatever their state. */
    @Override
    public void close() {
        closed = true;
        Iterator<JvmProcess> all = started.iterator();
        while (all.hasNext()) {
            all.next().kill();
            all.remove();
        }
    }
}
