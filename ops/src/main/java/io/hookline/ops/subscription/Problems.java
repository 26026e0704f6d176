package io.hookline.ops.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one document. */
final class Problems {
    private final ParsedDocument document;
    private final List<Problem> problems;
    private @Nullable String subscription;

    Problems(ParsedDocument document, List<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    /** From now on problems name this subscription. */
    void subscription(String id) {
        this.subscription = id;
    }

    void add(String path, String text) {
        problems.add(new Problem(document.source(), document.line(path), subscription, path, text));
    }
}
