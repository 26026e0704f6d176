package io.hookline.deliverer.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation within {@link TransformLimits}. The library calls back before and after each step of it; what a single step could make
 * large without a callback (padding, joining, replacing) is computed beforehand.
 *
 * <p>An event must have the same body in every attempt, so the result depends on the document alone: the present is given, and what is
 * random, or evaluates texts as expressions, is refused.
 */
final class Bounded {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long cpuNsMax = THREADS.getCurrentThreadCpuTime() + TransformLimits.TIME_MAX.toNanos();
    private long lookAgainNs = System.nanoTime() + TransformLimits.TIME_MAX.toNanos();
    private final long allocatedBytesMax =
            THREADS.getCurrentThreadAllocatedBytes() + TransformLimits.ALLOCATED_BYTES_MAX;
    private int depth;

    private Bounded() {}

    /** Evaluates on this thread. */
    static @Nullable Object evaluate(Jsonata expression, @Nullable Object document, long nowMs) {
        Bounded bounds = new Bounded();
        Frame frame = expression.createFrame();
        frame.setEvaluateEntryCallback((step, input, environment) -> bounds.enter());
        frame.setEvaluateExitCallback((step, input, environment, result) -> bounds.leave(result));
        functions(frame, nowMs);
        return expression.evaluate(document, frame);
    }

    private void enter() {
        if (++depth > TransformLimits.DEPTH_MAX) {
            throw new LimitException("its functions call each other more than " + TransformLimits.DEPTH_MAX + " deep");
        }
        check();
    }

    private void leave(@Nullable Object result) {
        depth--;
        if (result instanceof String text) {
            requireChars(text.length());
        } else if (result instanceof List<?> list && list.size() > TransformLimits.ITEMS_MAX) {
            throw new LimitException("it makes an array of " + list.size() + " items, at most "
                    + TransformLimits.ITEMS_MAX + " are allowed");
        }
        check();
    }

    private void check() {
        if (System.nanoTime() - lookAgainNs > 0) {
            long leftNs = cpuNsMax - THREADS.getCurrentThreadCpuTime();
            if (leftNs < 0) {
                throw new LimitException("it takes more than " + TransformLimits.TIME_MAX.toMillis() + " ms");
            }
            lookAgainNs = System.nanoTime() + leftNs;
        }
        if (THREADS.getCurrentThreadAllocatedBytes() > allocatedBytesMax) {
            throw new LimitException("it needs more than " + (TransformLimits.ALLOCATED_BYTES_MAX >> 20) + " MiB");
        }
    }

    private static void requireChars(long chars) {
        if (chars > TransformLimits.VALUE_CHARS_MAX) {
            throw new LimitException("it makes a text of " + chars + " characters, at most "
                    + TransformLimits.VALUE_CHARS_MAX + " are allowed");
        }
    }

    private static void functions(Frame frame, long nowMs) {
        bind(frame, "millis", "<:n>", (input, given) -> nowMs);
        bind(
                frame,
                "now",
                "<s?s?:s>",
                (input, given) -> Functions.dateTimeFromMillis(nowMs, (String) at(given, 0), (String) at(given, 1)));
        refuse(frame, "random");
        refuse(frame, "shuffle");
        refuse(frame, "eval");
        bind(frame, "pad", "<s-ns?:s>", (input, given) -> pad(at(given, 0), at(given, 1), at(given, 2)));
        bind(frame, "clone", "<(oa)-:o>", (input, given) -> JsonValues.copy(at(given, 0)));
        bind(frame, "join", "<a<s>s?:s>", (input, given) -> join(at(given, 0), (String) at(given, 1)));
        bind(frame, "replace", "<s-(sf)(sf)n?:s>", (input, given) -> replace(given));
    }

    /** The library's takes time that grows with the square of the width. */
    private static @Nullable Object pad(@Nullable Object given, @Nullable Object width, @Nullable Object with) {
        if (!(given instanceof String text) || !(width instanceof Number wanted)) {
            return given;
        }
        requireChars(Math.abs(wanted.longValue()));
        int[] pattern = (with instanceof String chars && !chars.isEmpty() ? chars : " ")
                .codePoints()
                .toArray();
        int missing = (int) Math.abs(wanted.longValue()) - text.codePointCount(0, text.length());
        StringBuilder padding = new StringBuilder(Math.max(0, missing));
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(pattern[i % pattern.length]);
        }
        return wanted.longValue() < 0 ? padding + text : text + padding;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object join(@Nullable Object texts, @Nullable String separator) {
        if (texts instanceof List<?> list) {
            long chars = (long) list.size() * (separator == null ? 0 : separator.length());
            for (Object each : list) {
                chars += each instanceof String text ? text.length() : 0;
            }
            requireChars(chars);
        }
        return Functions.join((List<String>) texts, separator);
    }

    /** At worst the replacement stands before and after every character, and each reference in it for all of the text. */
    private static @Nullable Object replace(List<?> given) {
        Object replacement = at(given, 2);
        if (at(given, 0) instanceof String text && replacement instanceof String with) {
            long references = with.chars().filter(c -> c == '$').count();
            requireChars(
                    (text.length() + 1L) * with.length() / shortest(at(given, 1)) + (1 + references) * text.length());
        }
        Integer limit = at(given, 3) instanceof Number number ? (Integer) number.intValue() : null;
        return Functions.replace((String) at(given, 0), at(given, 1), replacement, limit);
    }

    /** How long what is replaced is at least; a regular expression may match nothing at all. */
    private static int shortest(@Nullable Object pattern) {
        return pattern instanceof String text ? Math.max(1, text.length()) : 1;
    }

    private static void refuse(Frame frame, String name) {
        bind(frame, name, null, (input, given) -> {
            throw new LimitException(
                    "the function $" + name + " is not available: a delivery has the same body in every attempt");
        });
    }

    private static void bind(Frame frame, String name, @Nullable String signature, JFunctionCallable function) {
        frame.bind(name, new JFunction(function, signature));
    }

    private static @Nullable Object at(List<?> given, int index) {
        return index < given.size() ? given.get(index) : null;
    }
}
