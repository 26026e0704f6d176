package io.hookline.bench.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that plays one {@link Role}. It is asked by lines on its standard input and answers with lines on its standard output; the end
 * of its input is its end. For one thread.
 */
public final class Child implements AutoCloseable {
    private static final int CLOSE_SECONDS_MAX = 90;
    private static final int LOG_SHOWN_BYTES_MAX = 4_000;
    private static final String A_PEER = "/io/confluent/parallelconsumer/ParallelConsumer.class";

    private final Role.Kind kind;
    private final Process process;
    private final BufferedReader answers;
    private final Path settings;
    private final Path log;
    private @Nullable String greeting;

    private Child(Role.Kind kind, Process process, Path settings, Path log) {
        this.kind = kind;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.settings = settings;
        this.log = log;
    }

    /** What a process has used since its start. */
    public record Usage(long cpuNs, long allocatedBytes, long heapBytes) {}

    /** Starts one; it may not be ready yet, see {@link #greeting}. */
    public static Child start(Role.Kind kind, Map<String, String> settings) {
        try {
            Path file = Files.createTempFile("hookline-bench", ".properties");
            Path log = Files.createTempFile("hookline-bench", ".log");
            Properties properties = new Properties();
            properties.putAll(settings);
            try (OutputStream out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(kind.jvmOptions());
            command.addAll(List.of("-Xshare:auto", "-Djava.awt.headless=true", "-Dhookline.log.level=WARN"));
            command.addAll(List.of("-cp", classPath(kind)));
            command.addAll(List.of(ChildMain.class.getName(), kind.name(), file.toString()));
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new Child(kind, process, file, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This process's class path, and for a peer what it needs besides, which lies in a folder beside the distribution's jars unless it is there
     * already, as in tests.
     */
    private static String classPath(Role.Kind kind) {
        String own = System.getProperty("java.class.path", "");
        if (!kind.isPeer() || Child.class.getResource(A_PEER) != null) {
            return own;
        }
        Path jar = Path.of(URI.create(
                Child.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        Path peers = jar.resolve("../../peers").normalize();
        if (!Files.isDirectory(peers)) {
            throw new IllegalStateException(
                    "There is no folder " + peers + " with the libraries of the peers: they are no"
                            + " part of the distribution. Run this benchmark in a source tree.");
        }
        return own + File.pathSeparator + peers + File.separator + "*";
    }

    /** Starts one and waits until it is ready. */
    public static Child startReady(Role.Kind kind, Map<String, String> settings) {
        Child child = start(kind, settings);
        child.greeting();
        return child;
    }

    /** Blocks until it is ready; what it says of itself then. */
    public String greeting() {
        String known = greeting;
        if (known == null) {
            known = answer();
            greeting = known;
        }
        return known;
    }

    /** What it has used since its start. Blocks until it is ready. */
    public Usage usage() {
        return usage(ChildMain.USAGE);
    }

    /** The same, after the heap was collected: its bytes are those of live objects. */
    public Usage liveUsage() {
        return usage(ChildMain.LIVE_USAGE);
    }

    private Usage usage(String question) {
        Scanner numbers = new Scanner(ask(question));
        return new Usage(numbers.nextLong(), numbers.nextLong(), numbers.nextLong());
    }

    /** What its role answers to a question, see {@link Role#answer}. Blocks until it does. */
    public String ask(String question) {
        greeting();
        try {
            OutputStream in = process.getOutputStream();
            in.write((question + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw failed("does not listen (" + e.getMessage() + ")");
        }
        return answer();
    }

    private String answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw failed("has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IllegalStateException failed(String what) {
        String text = "";
        try {
            text = Files.readString(log);
        } catch (IOException e) {
            text = "(its log cannot be read: " + e.getMessage() + ")";
        }
        int from = Math.max(0, text.length() - LOG_SHOWN_BYTES_MAX);
        return new IllegalStateException(
                "The process for " + kind + " " + what + ". Its log ends with:\n" + text.substring(from));
    }

    /** Ends it as a crash of the machine would: it can do nothing about it. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends it cleanly; kills it where it does not end. Blocks. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(settings);
            Files.deleteIfExists(log);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
