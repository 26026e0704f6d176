package io.hookline.bench.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What a {@link Child} runs. */
final class ChildMain {
    static final String USAGE = "usage";
    static final String LIVE_USAGE = "live usage";

    private static final int COLLECTIONS = 3;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ChildMain() {}

    /**
     * Plays a role until its input ends.
     *
     * @param arguments name of the role, file of its settings
     */
    public static void main(String[] arguments) throws Exception {
        // Answers have the standard output for themselves, whatever a logger's configuration says.
        PrintStream out = System.out;
        System.setOut(System.err);
        try (Role role = Role.Kind.valueOf(arguments[0]).start(settings(Path.of(arguments[1])))) {
            out.println(role.greeting());
            out.flush();
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                out.println(answer(role, line));
                out.flush();
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static String answer(Role role, String question) {
        if (question.equals(LIVE_USAGE)) {
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }
        }
        return question.equals(USAGE) || question.equals(LIVE_USAGE) ? usage() : role.answer(question);
    }

    private static Map<String, String> settings(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    /** CPU nanoseconds, bytes allocated by the threads that live, bytes of heap in use. */
    private static String usage() {
        long bytes = 0;
        for (long each : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            bytes += Math.max(0, each);
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return SYSTEM.getProcessCpuTime() + " " + bytes + " " + heap;
    }
}
