package io.hookline.ops.cli;

import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on the console's error stream where that is a terminal, otherwise nothing. Any thread. */
public final class Progress implements AutoCloseable {
    private static final int UPDATE_MS = 200;
    private static final int WIDTH_DEFAULT = 100;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Starts one.
     *
     * @param task what is done, in a word or two
     * @param total steps to do; -1 where that is not known
     * @param unit of a step, such as {@code events}
     */
    public static Progress start(Console console, String task, long total, String unit) {
        if (!console.interactive()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setSpeedUnit(java.time.temporal.ChronoUnit.SECONDS)
                .setUpdateIntervalMillis(UPDATE_MS)
                .setMaxRenderedLength(WIDTH_DEFAULT)
                .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                .build());
    }

    /** So many more steps are done. */
    public void step(long steps) {
        if (bar != null) {
            bar.stepBy(steps);
        }
    }

    /** So many steps are done in all. */
    public void at(long steps) {
        if (bar != null) {
            bar.stepTo(steps);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** How long something took, for people: {@code 340 ms}, {@code 12.4 s}. */
    public static String elapsed(long startedNs) {
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
        return ms < 1_000 ? ms + " ms" : ms / 1_000 + "." + ms % 1_000 / 100 + " s";
    }
}
