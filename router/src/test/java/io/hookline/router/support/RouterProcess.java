package io.hookline.router.support;

import io.hookline.router.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A router in a process of its own, to be killed. It also ends when the process that started it does. */
public final class RouterProcess implements AutoCloseable {
    private final Process process;
    private final Path file;

    private RouterProcess(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    public static RouterProcess start(Map<String, String> settings) {
        try {
            Path file = Files.createTempFile("router", ".properties");
            Properties properties = new Properties();
            properties.putAll(settings);
            try (var out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            List<String> command =
                    List.of(java, "-Xmx256m", "-cp", classes, RouterProcess.class.getName(), file.toString());
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new RouterProcess(process, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}. Returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not die");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process: a router until its input ends. */
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(Path.of(args[0]))) {
            properties.load(in);
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
        Router router = Router.start(settings);
        router.awaitRunning(Duration.ofMinutes(1));
        int ended = System.in.read();
        Runtime.getRuntime().halt(ended);
    }
}
