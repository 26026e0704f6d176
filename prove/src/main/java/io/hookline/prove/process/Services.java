package io.hookline.prove.process;

import io.hookline.prove.check.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Routers and deliverers as processes, by name ({@code router-1}, {@code deliverer-2}): the public command with a settings file, nothing
 * else. Remembers when which deliverer was interrupted. Any thread.
 */
public final class Services {
    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final Duration END_MAX = Duration.ofSeconds(60);
    private static final Duration COMMAND_MAX = Duration.ofMinutes(2);
    private static final int COMMAND_ATTEMPTS_MAX = 5;

    /** The exit code that says so; docs/commands.md. */
    private static final int UNREACHABLE = 4;

    private static final String RUNNING = " is running";
    private static final String ROUTER = "router";
    private static final String DELIVERER = "deliverer";

    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m", "-XX:+UseG1GC");
    private static final List<String> COMMAND_OPTIONS =
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Where the receivers are: on this machine, without certificates, on whatever ports were free. */
    private static final Map<String, String> LOCAL_ENDPOINTS = Map.of(
            "deliverer.endpoint.schemes", "https,http",
            "deliverer.endpoint.ports", "1-65535",
            "deliverer.endpoint.networks", "127.0.0.0/8");

    private final Jvms jvms;
    private final RunDirectory directory;
    private final String mainClass;
    private final Map<String, String> connection;
    private final Map<String, JvmProcess> running = new TreeMap<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private final List<String> unclean = new ArrayList<>();

    /**
     * @param mainClass of the {@code hookline} command
     * @param connection {@code bootstrap.servers} and {@code schema.registry.url}
     */
    public Services(Jvms jvms, RunDirectory directory, String mainClass, Map<String, String> connection) {
        this.jvms = jvms;
        this.directory = directory;
        this.mainClass = mainClass;
        this.connection = Map.copyOf(connection);
    }

    public static String router(int number) {
        return ROUTER + "-" + number;
    }

    public static String deliverer(int number) {
        return DELIVERER + "-" + number;
    }

    /** Starts it unless it runs; does not wait for it. */
    public synchronized void start(String name) {
        JvmProcess now = running.get(name);
        if (now != null && now.isAlive()) {
            return;
        }
        String kind = name.substring(0, name.indexOf('-'));
        Properties settings = new Properties();
        settings.putAll(connection);
        settings.put(kind + ".instance.id", name);
        if (kind.equals(DELIVERER)) {
            settings.putAll(LOCAL_ENDPOINTS);
        }
        Path file = directory.file(name + ".properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        running.put(name, jvms.start(name, SERVICE_OPTIONS, mainClass, List.of(kind, "--config", file.toString())));
    }

    /** Blocks until all that are started say that they run; one that ends meanwhile is started again. */
    public void awaitRunning() {
        Await.until("all services to run: " + directory.path(), START_MAX, () -> {
            supervise();
            return isRunning();
        });
    }

    private synchronized boolean isRunning() {
        return running.values().stream().allMatch(process -> process.hasLogged(RUNNING));
    }

    /**
     * Starts again what has ended by itself, as whoever runs services does. That is no fault of one that had not yet begun to run: services
     * end at once where Kafka does not answer. One that had is remembered as unclean.
     */
    public synchronized void supervise() {
        for (Map.Entry<String, JvmProcess> entry : List.copyOf(running.entrySet())) {
            JvmProcess process = entry.getValue();
            if (!process.isAlive()) {
                if (process.hasLogged(RUNNING)) {
                    unclean.add(process + " ended by itself with " + process.exitCode());
                    note(entry.getKey(), "ended by itself");
                }
                start(entry.getKey());
            }
        }
    }

    /** As {@code kill -9}. */
    public synchronized void kill(String name) {
        JvmProcess process = running.remove(name);
        if (process != null) {
            process.kill();
            jvms.forgetEnded();
            note(name, "kill -9");
        }
    }

    /** SIGSTOP. */
    public synchronized void stop(String name) {
        JvmProcess process = running.get(name);
        if (process != null) {
            process.stop();
            note(name, "SIGSTOP");
        }
    }

    /** SIGCONT. */
    public synchronized void resume(String name) {
        JvmProcess process = running.get(name);
        if (process != null) {
            process.resume();
        }
    }

    /** SIGTERM; blocks until it has ended. One that does not end with 0 in time is remembered as unclean. */
    public void terminate(String name) {
        JvmProcess process;
        synchronized (this) {
            process = running.remove(name);
        }
        if (process == null) {
            return;
        }
        process.terminate();
        boolean ended = process.awaitEnd(END_MAX);
        synchronized (this) {
            note(name, "SIGTERM");
            if (!ended) {
                process.kill();
                unclean.add(name + " did not end within " + END_MAX.toSeconds() + " s of SIGTERM");
            } else if (process.exitCode() != 0 && process.hasLogged(RUNNING)) {
                unclean.add(name + " ended with " + process.exitCode() + " after SIGTERM");
            }
        }
    }

    /** Names of those that were started and not killed. */
    public synchronized List<String> running() {
        return List.copyOf(running.keySet());
    }

    /** What was done to deliverers so far. */
    public synchronized List<Interruption> interruptions() {
        return List.copyOf(interruptions);
    }

    /** Those that did not end as they should. */
    public synchronized List<String> unclean() {
        return new ArrayList<>(new TreeSet<>(unclean));
    }

    /**
     * Runs one command of {@code hookline} to its end; again, a few times, where it finds that Kafka does not answer.
     *
     * @throws IllegalStateException if it does not end with 0
     */
    public void command(String log, String... arguments) {
        int exitCode = UNREACHABLE;
        for (int attempt = 1; attempt <= COMMAND_ATTEMPTS_MAX && exitCode == UNREACHABLE; attempt++) {
            JvmProcess process = jvms.start(log, COMMAND_OPTIONS, mainClass, List.of(arguments));
            if (!process.awaitEnd(COMMAND_MAX)) {
                process.kill();
                throw new IllegalStateException(process + " does not end");
            }
            exitCode = process.exitCode();
        }
        if (exitCode != 0) {
            throw new IllegalStateException("hookline " + String.join(" ", arguments) + " ended with " + exitCode + ": "
                    + LogText.tail(directory.file(log + ".log")));
        }
    }

    private void note(String name, String what) {
        if (name.startsWith(DELIVERER)) {
            interruptions.add(new Interruption(name, System.currentTimeMillis(), what));
        }
    }
}
