package io.hookline.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a command speaks to. Results go to {@link #out}, everything said about them to {@link #err}, so that output can be piped.
 *
 * @param interactive whether {@code err} is a terminal: progress bars are shown there only
 * @param environment looks up an environment variable, null where it is not set
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean interactive, Environment environment) {
    /** Set to 1 by the launcher where the error stream is a terminal: Java itself cannot tell. */
    private static final String TERMINAL = "HOOKLINE_TERMINAL";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** Environment variables. */
    @FunctionalInterface
    public interface Environment {
        @Nullable
        String get(String name);
    }

    /** This process's own. Output is UTF-8 and buffered by line. */
    public static Console system() {
        PrintStream out = new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean terminal = "1".equals(System.getenv(TERMINAL));
        return new Console(System.in, out, err, terminal, System::getenv);
    }

    /** One line of JSON on {@link #out}. */
    public void json(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not writable as JSON: " + value.getClass(), e);
        }
        out.flush();
    }

    /** One line on {@link #out}. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** One line on {@link #err}, for people. */
    public void say(String text) {
        out.flush();
        err.println(text);
    }

    /** One line on {@link #err} that something deserves attention. */
    public void warn(String text) {
        say("warning: " + text);
    }

    /** A variable that is set and not blank, changed by {@code then}; or null. */
    public @Nullable String variable(String name, UnaryOperator<String> then) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : then.apply(value);
    }
}
