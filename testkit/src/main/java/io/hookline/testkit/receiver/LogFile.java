package io.hookline.testkit.receiver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends one JSON line for each request that has ended:
 * {@code {"receivedAt","method","path","headers":[[name,value]...],"body" or "bodyBase64","outcome","status","endedAt"}},
 * times in ISO 8601, {@code body} if it is UTF-8. Any thread. A file that cannot be written is reported once and by {@link #close}.
 */
final class LogFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogFile.class);
    private static final int BUFFER_BYTES = 1 << 16;

    private final JsonFactory json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    private final Path path;
    private final OutputStream out;
    private @Nullable IOException failure;

    LogFile(Path path) {
        this.path = path;
        try {
            this.out = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("log file " + path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    synchronized void append(ReceivedRequest request, Outcome outcome) {
        attempt(() -> {
            try (JsonGenerator line = json.createGenerator(out)) {
                write(line, request, outcome);
            }
            out.write('\n');
        });
    }

    synchronized void flush() {
        attempt(out::flush);
    }

    @Override
    public synchronized void close() {
        attempt(out::close);
        if (failure != null) {
            throw new UncheckedIOException("log file " + path + " is incomplete: " + failure.getMessage(), failure);
        }
    }

    private void attempt(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
                log.error("log file {} cannot be written", path, e);
            }
        }
    }

    private static void write(JsonGenerator line, ReceivedRequest request, Outcome outcome) throws IOException {
        line.writeStartObject();
        line.writeStringField("receivedAt", request.receivedAt().toString());
        line.writeStringField("method", request.method());
        line.writeStringField("path", request.path());
        line.writeArrayFieldStart("headers");
        for (HeaderField field : request.headers()) {
            line.writeArray(new String[] {field.name(), field.value()}, 0, 2);
        }
        line.writeEndArray();
        writeBody(line, request.body());
        line.writeStringField("outcome", outcome.kind().name().toLowerCase(Locale.ROOT));
        line.writeNumberField("status", outcome.status());
        line.writeStringField("endedAt", outcome.at().toString());
        line.writeEndObject();
    }

    private static void writeBody(JsonGenerator line, byte[] body) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            line.writeStringField("body", text);
        } catch (CharacterCodingException notText) {
            line.writeBinaryField("bodyBase64", body);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
