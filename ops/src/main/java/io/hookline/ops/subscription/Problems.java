package io.hookline.ops.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one document, and what is only questionable. */
final class Problems {
    private final ParsedDocument document;
    private final List<Problem> problems;
    private final List<Problem> warnings;
    private @Nullable String subscription;

    Problems(ParsedDocument document, List<Problem> problems, List<Problem> warnings) {
        this.document = document;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** From now on problems name this subscription. */
    void subscription(String id) {
        this.subscription = id;
    }

    void add(String path, String text) {
        problems.add(new Problem(document.source(), document.line(path), subscription, path, text));
    }

    void warn(String path, String text) {
        warnings.add(new Problem(document.source(), document.line(path), subscription, path, text));
    }
}
