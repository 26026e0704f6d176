package io.hookline.schemas.evolution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** A record's Avro bytes as hexadecimal text, with comment lines that say what it is. */
final class GoldenFile {
    private static final int BYTES_A_LINE = 32;

    private GoldenFile() {}

    static byte[] read(Path file) throws IOException {
        String digits = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining())
                .replace(" ", "");
        return HexFormat.of().parseHex(digits);
    }

    static void write(Path file, List<String> comments, byte[] bytes) throws IOException {
        StringBuilder text = new StringBuilder();
        comments.forEach(comment -> text.append("# ").append(comment).append('\n'));
        for (int i = 0; i < bytes.length; i += BYTES_A_LINE) {
            int end = Math.min(bytes.length, i + BYTES_A_LINE);
            text.append(HexFormat.of().formatHex(bytes, i, end)).append('\n');
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
