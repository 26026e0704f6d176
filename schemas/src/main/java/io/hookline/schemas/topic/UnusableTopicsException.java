package io.hookline.schemas.topic;

import java.util.List;

/** Topics that nobody can run on: missing, or with numbers of partitions that do not agree. Waiting does not heal it. */
public final class UnusableTopicsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    UnusableTopicsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line a topic: the topic, what is wrong, the mend. */
    public List<String> problems() {
        return problems;
    }
}
