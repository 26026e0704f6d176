package io.hookline.schemas.evolution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The schemas of one directory, which may name each other.
 *
 * @param byName what each {@code .avsc} file defines, by full name
 */
record SchemaSet(Map<String, Schema> byName) {
    static SchemaSet read(Path directory) {
        ArrayDeque<String> left = new ArrayDeque<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".avsc")).sorted().toList()) {
                left.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parse(left);
    }

    /** Each in turn; one that names another that is not known yet goes to the end of the queue. */
    private static SchemaSet parse(ArrayDeque<String> left) {
        Map<String, Schema> byName = new TreeMap<>();
        int inVain = 0;
        while (!left.isEmpty()) {
            String text = left.remove();
            Schema.Parser parser = new Schema.Parser();
            parser.addTypes(byName.values());
            try {
                Schema schema = parser.parse(text);
                byName.put(schema.getFullName(), schema);
                inVain = 0;
            } catch (AvroRuntimeException e) {
                left.add(text);
                inVain++;
                if (inVain > left.size()) {
                    throw e;
                }
            }
        }
        return new SchemaSet(byName);
    }

    Schema get(String fullName) {
        Schema schema = byName.get(fullName);
        if (schema == null) {
            throw new IllegalArgumentException("No schema " + fullName + " among " + byName.keySet());
        }
        return schema;
    }
}
