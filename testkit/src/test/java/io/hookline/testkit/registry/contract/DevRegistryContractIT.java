package io.hookline.testkit.registry.contract;

import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.registry.DevRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract against the registry of {@code dev} and {@code demo}. */
@ExtendWith(KafkaExtension.class)
class DevRegistryContractIT extends RegistryContract {
    private static DevRegistry registry;

    @BeforeAll
    static void start(KafkaSpace kafka) {
        registry = DevRegistry.builder(kafka.bootstrapServers())
                .topic(kafka.name("_schemas"))
                .start();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Override
    String url() {
        return registry.url();
    }
}
