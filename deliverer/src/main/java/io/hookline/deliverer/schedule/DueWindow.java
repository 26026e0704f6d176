package io.hookline.deliverer.schedule;

/**
 * When an attempt may be made: not before the one, not later than the other unless something is late.
 *
 * @param notBeforeMs milliseconds since 1970
 * @param notAfterMs milliseconds since 1970, at least notBeforeMs
 */
public record DueWindow(long notBeforeMs, long notAfterMs) {
    /** How long after its start a window stays open: what a release from a tier may be off without being late, in milliseconds. */
    static final long SLACK_MS = 1_000;

    public DueWindow {
        if (notAfterMs < notBeforeMs) {
            throw new IllegalArgumentException(
                    "Window ends at " + notAfterMs + " before it starts at " + notBeforeMs + ".");
        }
    }

    /** The window that starts at an instant. */
    public static DueWindow at(long dueMs) {
        return new DueWindow(dueMs, dueMs + SLACK_MS);
    }
}
