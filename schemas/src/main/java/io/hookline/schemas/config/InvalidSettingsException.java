package io.hookline.schemas.config;

import java.util.List;

/** Settings that cannot be used. The message lists every problem, each naming the key, its value and the mend. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param problems at least one, each a sentence
     */
    public InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
