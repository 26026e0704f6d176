package io.hookline.testkit.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.events.OrderCreated;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.serde.AvroDeserializer;
import io.hookline.schemas.serde.AvroSerializer;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import io.hookline.testkit.registry.DevRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our serializers where they are used: named in the configuration of Kafka's own producer and consumer. */
@Timeout(120)
@ExtendWith(KafkaExtension.class)
class KafkaClientsIT {
    private DevRegistry registry;
    private Map<String, Object> config;
    private TopicPartition partition;

    @BeforeEach
    void start(KafkaSpace kafka) {
        registry = DevRegistry.builder(kafka.bootstrapServers())
                .topic(kafka.name("_schemas"))
                .start();
        partition = new TopicPartition(kafka.createTopic("events.order_created", 1), 0);
        config = new HashMap<>(Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", registry.url(),
                "key.serializer", StringSerializer.class.getName(),
                "value.serializer", AvroSerializer.class.getName(),
                "key.deserializer", StringDeserializer.class.getName(),
                "value.deserializer", AvroDeserializer.class.getName(),
                "specific.avro.reader", "true",
                "auto.offset.reset", "earliest"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static OrderCreated order() {
        return OrderCreated.newBuilder()
                .setOrderId("o-1")
                .setUserId("u-1")
                .setCreatedAt(Instant.parse("1997-01-18T00:00:00Z"))
                .setQuantity(5)
                .setAmount(new BigDecimal("77.96"))
                .build();
    }

    @Test
    void shouldCarryATypedEventAndATombstoneFromProducerToConsumer() throws Exception {
        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(config);
                KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(config)) {
            producer.send(new ProducerRecord<>(partition.topic(), "u-1", order()))
                    .get(60, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(partition.topic(), "u-1", null)).get(60, TimeUnit.SECONDS);
            consumer.assign(List.of(partition));

            List<Object> values = new java.util.ArrayList<>();
            while (values.size() < 2) {
                for (ConsumerRecord<String, Object> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(record.value());
                }
            }

            assertThat(values).containsExactly(order(), null);
        }
    }

    @Test
    void shouldFailTheSendWhileTheRegistryIsDownAndSucceedOnceItIsUp(KafkaSpace kafka) throws Exception {
        int port = registry.port();
        registry.close();
        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(config)) {
            ProducerRecord<String, Object> record = new ProducerRecord<>(partition.topic(), "u-1", order());
            assertThatThrownBy(() -> producer.send(record))
                    .isInstanceOf(SerializationException.class)
                    .hasCauseInstanceOf(RegistryException.Unreachable.class);

            registry = DevRegistry.builder(kafka.bootstrapServers())
                    .topic(kafka.name("_schemas"))
                    .port(port)
                    .start();
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(SerializationException.class)
                    .untilAsserted(() -> assertThat(producer.send(record).get(60, TimeUnit.SECONDS))
                            .isNotNull());
        }
    }
}
