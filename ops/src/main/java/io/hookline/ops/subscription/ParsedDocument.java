package io.hookline.ops.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One document as it was written, before anything is made of it.
 *
 * @param source file, or what stands for it
 * @param root its fields
 * @param lines path of each field to the line it is on, the document itself under the empty path
 */
record ParsedDocument(String source, ObjectNode root, Map<String, Integer> lines) {
    int line(String path) {
        return lines.getOrDefault(path, lines.getOrDefault("", 0));
    }
}
