package io.hookline.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.testkit.kafka.KafkaUnderTest;
import io.hookline.testkit.kafka.SharedKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class KafkaExtensionIT {
    private static KafkaSpace classSpace;
    private static String seenByAMethod;

    private KafkaSpace beforeEach;

    @BeforeAll
    static void remember(KafkaSpace space) {
        classSpace = space;
    }

    @BeforeEach
    void remember(KafkaSpace space, KafkaUnderTest kafka) {
        assertThat(kafka).isSameAs(SharedKafka.get());
        beforeEach = space;
    }

    @AfterAll
    static void shouldHaveDeletedTheTopicsOfTheMethods(KafkaUnderTest kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS))
                    .noneMatch(topic -> topic.startsWith(seenByAMethod));
        }
    }

    @Test
    void shouldGiveAMethodTheSpaceOfItsBeforeEachAndAnotherThanItsClass(KafkaSpace space) {
        assertThat(space).isSameAs(beforeEach);
        assertThat(space.prefix()).isNotEqualTo(classSpace.prefix());
    }

    @Test
    void shouldCreateUsableTopicsUnderThePrefix(KafkaSpace space) throws Exception {
        seenByAMethod = space.prefix();
        String topic = space.createTopic("events.order_created", 3, Map.of("cleanup.policy", "compact"));
        assertThat(topic).isEqualTo(space.prefix() + "events.order_created");
        try (Admin admin = space.admin()) {
            var described = admin.describeTopics(List.of(topic)).allTopicNames().get(30, TimeUnit.SECONDS);
            assertThat(described.get(topic).partitions()).hasSize(3);
        }
    }
}
