package io.hookline.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hookline.testkit.kafka.KafkaUnavailableException;
import io.hookline.testkit.kafka.KafkaUnderTest;
import io.hookline.testkit.kafka.SharedKafka;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * {@code @ExtendWith(KafkaExtension.class)}: gives a test class the Kafka that all of this JVM share. A parameter of type
 * {@link KafkaUnderTest} is that Kafka; one of type {@link KafkaSpace} is a name space of its own: one for each test method,
 * and one for the class where a constructor or a {@code @BeforeAll} method asks. Where the chosen Kafka cannot run, the class is skipped
 * and the reason reported. A test that needs its own broker (to stop it, to use fixed topic names) starts an
 * {@link io.hookline.testkit.kafka.EmbeddedKafka} instead.
 */
public final class KafkaExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KafkaExtension.class);
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try {
            SharedKafka.get();
            return ConditionEvaluationResult.enabled("Kafka runs");
        } catch (KafkaUnavailableException e) {
            announce(e.getMessage());
            return ConditionEvaluationResult.disabled(e.getMessage());
        }
    }

    /** Once a JVM, where a person sees it: on the process's own error stream, not in the captured output of a test. */
    private static void announce(@Nullable String reason) {
        if (ANNOUNCED.compareAndSet(false, true)) {
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8)
                    .println(System.lineSeparator() + "SKIPPED all tests that need a Kafka: " + reason);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaUnderTest.class || type == KafkaSpace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == KafkaUnderTest.class) {
            return SharedKafka.get();
        }
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(context.getUniqueId(), id -> new OpenSpace(), OpenSpace.class)
                .space;
    }

    /** Closed by JUnit at the end of the method or class that asked for it. */
    private static final class OpenSpace implements AutoCloseable {
        private final KafkaSpace space = new KafkaSpace(SharedKafka.get());

        @Override
        public void close() {
            space.deleteTopics();
        }
    }
}
