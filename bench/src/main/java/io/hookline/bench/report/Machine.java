package io.hookline.bench.report;

import com.sun.management.OperatingSystemMXBean;
import io.hookline.bench.process.Versions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine and the software of a run. */
public final class Machine {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final double loadBefore = SYSTEM.getSystemLoadAverage();
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** Runnable processes before the run, averaged over a minute; negative where the system does not say. */
    public double loadBefore() {
        return loadBefore;
    }

    public int cores() {
        return SYSTEM.getAvailableProcessors();
    }

    /** Whether something else uses it, so that what is measured says little. */
    public boolean isBusy() {
        return loadBefore > cores() / 4.0;
    }

    /** For the JSON line. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("date", startedAt.toString());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("cpu", cpu());
        facts.put("cores", cores());
        facts.put("memoryGiB", Math.round(SYSTEM.getTotalMemorySize() / (double) (1 << 30)));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        facts.put("kafka", AppInfoParser.getVersion());
        facts.put("eventRuler", Versions.of("software.amazon.event.ruler/event-ruler"));
        facts.put("loadBefore", loadBefore);
        return facts;
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch", ""));
        } catch (IOException e) {
            return System.getProperty("os.arch", "");
        }
    }
}
