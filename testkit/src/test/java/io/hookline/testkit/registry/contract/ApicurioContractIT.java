package io.hookline.testkit.registry.contract;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a real server, fetched by {@code mvn -Papicurio} (158 MB) and run on a JDK 21 or newer. */
@ExtendWith(ApicurioContractIT.Available.class)
class ApicurioContractIT extends RegistryContract {
    private static final String DIRECTORY = "hookline.apicurio.directory";
    private static final int JAVA_MIN = 21;

    @TempDir
    static Path work;

    private static ApicurioServer server;

    /** Skips, saying why, where the server is not to be had. */
    static final class Available implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (context.getTestMethod().isPresent()) {
                return ConditionEvaluationResult.enabled("decided for the class");
            }
            if (System.getProperty(DIRECTORY) == null) {
                return Skip.because(
                        "ApicurioContractIT: no Apicurio server here; run with -Papicurio (fetches 158 MB)");
            }
            return Jdk.atLeast(JAVA_MIN).isEmpty()
                    ? Skip.because("ApicurioContractIT: Apicurio needs a JDK " + JAVA_MIN
                            + " or newer and none was found; install one or point JAVA_HOME_" + JAVA_MIN + " at it")
                    : ConditionEvaluationResult.enabled("server and JDK are there");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> java = Jdk.atLeast(JAVA_MIN);
        server = ApicurioServer.start(Path.of(System.getProperty(DIRECTORY)), java.orElseThrow(), work);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String url() {
        return server.url();
    }
}
