package io.hookline.testkit.registry.contract;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Skips a test class with one line where a person sees it: the process's own error stream, not the captured test output. */
final class Skip {
    private Skip() {}

    static ConditionEvaluationResult because(String reason) {
        PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        console.println("SKIPPED " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
