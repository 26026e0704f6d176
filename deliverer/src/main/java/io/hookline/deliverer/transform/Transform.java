package io.hookline.deliverer.transform;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression of a subscription: parsed at its first use, once. Two of the same text are equal. Any thread.
 *
 * <p>One evaluation at a time: an expensive expression takes no more than one thread from the others. One that does not come back is
 * refused from then on, so that it cannot take a second.
 */
public final class Transform {
    private final String text;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean isRunning;
    private volatile boolean isRefused;
    private @Nullable Jsonata parsed;

    private Transform(String text) {
        this.text = text;
    }

    /** The expression {@code text}, which is not looked at before it is used. */
    public static Transform of(String text) {
        return new Transform(text);
    }

    /**
     * Parses an expression, to check it.
     *
     * @throws IllegalArgumentException saying what is wrong, where, and the mend
     */
    public static void check(String text) {
        Transform unused = of(text);
        unused.parsed();
    }

    /**
     * The parsed expression.
     *
     * @throws IllegalArgumentException as {@link #check}
     */
    synchronized Jsonata parsed() {
        Jsonata known = parsed;
        if (known == null) {
            known = parse(text);
            parsed = known;
        }
        return known;
    }

    private static Jsonata parse(String text) {
        if (text.length() > TransformLimits.TEXT_CHARS_MAX) {
            throw new IllegalArgumentException("The expression has " + text.length() + " characters, at most "
                    + TransformLimits.TEXT_CHARS_MAX + " are accepted.");
        }
        int nesting = nesting(text);
        if (nesting > TransformLimits.NESTING_MAX) {
            throw new IllegalArgumentException("The expression has " + nesting + " levels of brackets, at most "
                    + TransformLimits.NESTING_MAX + " are accepted.");
        }
        try {
            return Jsonata.jsonata(text);
        } catch (JException e) {
            throw new IllegalArgumentException(
                    "Not a JSONata expression: " + e.getMessage() + ", at character " + e.getLocation() + ".", e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException(
                    "The expression is nested too deeply to be parsed: write it flatter.", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Not a JSONata expression: the parser breaks off without saying where. Is something missing behind an operator or in brackets?",
                    e);
        }
    }

    /** Levels of brackets, those within texts included. */
    private static int nesting(String text) {
        int level = 0;
        int most = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                most = Math.max(most, ++level);
            } else if (c == ')' || c == ']' || c == '}') {
                level--;
            }
        }
        return most;
    }

    boolean isRefused() {
        return isRefused;
    }

    /** An evaluation did not come back: there will be no other. */
    void refuse() {
        isRefused = true;
    }

    /** Whether {@code evaluation} may run now; else {@link #next} hands it out when its turn has come. */
    synchronized boolean mayRun(Runnable evaluation) {
        if (isRunning) {
            waiting.addLast(evaluation);
            return false;
        }
        isRunning = true;
        return true;
    }

    /** Ends the turn of one evaluation; the one whose turn it is now, if any. */
    synchronized @Nullable Runnable next() {
        Runnable next = waiting.pollFirst();
        isRunning = next != null;
        return next;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transform transform && transform.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
