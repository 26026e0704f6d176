package io.hookline.testkit.registry.contract;

import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.registry.DevRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Our serializer and Confluent's real one, which {@code mvn -Pconfluent} fetches from their repository, over one registry. */
@ExtendWith({ConfluentSerializerIT.Available.class, KafkaExtension.class})
class ConfluentSerializerIT extends SerializerContract {
    private static final String DIRECTORY = "hookline.confluent.directory";

    private static DevRegistry registry;
    private static ConfluentSerializers confluent;

    /** Skips, saying why, where the serializer is not to be had. */
    static final class Available implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (context.getTestMethod().isPresent()) {
                return ConditionEvaluationResult.enabled("decided for the class");
            }
            String directory = System.getProperty(DIRECTORY);
            if (directory == null) {
                return Skip.because("ConfluentSerializerIT: run with -Pconfluent, which fetches Confluent's serializer"
                        + " from packages.confluent.io");
            }
            return hasSerializer(Path.of(directory))
                    ? ConditionEvaluationResult.enabled("the serializer is there")
                    : Skip.because("ConfluentSerializerIT: Confluent's serializer could not be fetched from"
                            + " packages.confluent.io; is that repository reachable from here?");
        }

        private static boolean hasSerializer(Path directory) {
            if (!Files.isDirectory(directory)) {
                return false;
            }
            try (Stream<Path> files = Files.list(directory)) {
                return files.anyMatch(file -> file.getFileName().toString().startsWith("kafka-avro-serializer"));
            } catch (IOException e) {
                return false;
            }
        }
    }

    @BeforeAll
    static void start(KafkaSpace kafka) throws IOException {
        registry = DevRegistry.builder(kafka.bootstrapServers())
                .topic(kafka.name("_schemas"))
                .start();
        confluent = new ConfluentSerializers(Path.of(System.getProperty(DIRECTORY)));
    }

    @AfterAll
    static void stop() throws IOException {
        if (confluent != null) {
            confluent.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Override
    String url() {
        return registry.url();
    }

    @Override
    Serializer<Object> theirSerializer() {
        return confluent.serializer();
    }

    @Override
    Deserializer<Object> theirDeserializer() {
        return confluent.deserializer();
    }
}
