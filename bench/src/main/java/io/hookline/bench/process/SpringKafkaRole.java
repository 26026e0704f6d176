package io.hookline.bench.process;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.retrytopic.RetryTopicConfiguration;
import org.springframework.kafka.retrytopic.RetryTopicConfigurationBuilder;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The peer that most Java services have: spring-kafka with retryable topics, a listener on a thread of its own for every partition, which is
 * as many as there can be.
 */
final class SpringKafkaRole implements Role {
    private static final int RETRY_PAUSE_MS = 5_000;

    private final AnnotationConfigApplicationContext context;
    private final Ledger ledger;
    private final SyncPosts posts;

    SpringKafkaRole(Map<String, String> settings) {
        Work work = Work.of(settings);
        ledger = new Ledger(work);
        posts = new SyncPosts(work.url(), work.inFlight());
        context = new AnnotationConfigApplicationContext();
        System.setProperty(Listeners.TOPIC, work.topic());
        context.registerBean(Work.class, () -> work);
        context.registerBean(Listener.class, () -> new Listener(ledger, posts));
        context.register(Listeners.class);
        context.refresh();
    }

    /** What receives the records. */
    static final class Listener {
        private final Ledger ledger;
        private final SyncPosts posts;

        Listener(Ledger ledger, SyncPosts posts) {
            this.ledger = ledger;
            this.posts = posts;
        }

        @KafkaListener(id = "deliver", topics = "${" + Listeners.TOPIC + "}")
        public void deliver(ConsumerRecord<byte[], byte[]> record) {
            Signed signed = ledger.sign(record);
            long startedNs = System.nanoTime();
            int status = posts.post(Ledger.endpoint(record), signed, record.value());
            ledger.attempted(record, signed, startedNs, status);
        }
    }

    /** What Spring makes listeners with. */
    @Configuration(proxyBeanMethods = false)
    @EnableKafkaRetryTopic
    static class Listeners {
        static final String TOPIC = "hookline.bench.topic";

        @Bean
        ConsumerFactory<byte[], byte[]> consumers(Work work) {
            return new DefaultKafkaConsumerFactory<>(Map.of(
                    "bootstrap.servers",
                    work.bootstrapServers(),
                    "group.id",
                    work.group(),
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "isolation.level",
                    "read_committed",
                    "key.deserializer",
                    ByteArrayDeserializer.class,
                    "value.deserializer",
                    ByteArrayDeserializer.class));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<byte[], byte[]> kafkaListenerContainerFactory(
                ConsumerFactory<byte[], byte[]> consumers, Work work) {
            ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory =
                    new ConcurrentKafkaListenerContainerFactory<>();
            factory.setConsumerFactory(consumers);
            factory.setConcurrency(work.inFlight());
            return factory;
        }

        @Bean
        KafkaTemplate<byte[], byte[]> retries(Work work) {
            return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of(
                    "bootstrap.servers", work.bootstrapServers(),
                    "key.serializer", ByteArraySerializer.class,
                    "value.serializer", ByteArraySerializer.class)));
        }

        @Bean
        RetryTopicConfiguration retryTopics(KafkaTemplate<byte[], byte[]> retries, Work work) {
            return RetryTopicConfigurationBuilder.newInstance()
                    .fixedBackOff(RETRY_PAUSE_MS)
                    .maxAttempts(2)
                    .concurrency(1)
                    .includeTopic(Objects.requireNonNull(work.topic()))
                    .create(retries);
        }

        @Bean
        KafkaAdmin admin(Work work) {
            return new KafkaAdmin(Map.of("bootstrap.servers", work.bootstrapServers()));
        }

        @Bean
        TaskScheduler scheduler() {
            return new ThreadPoolTaskScheduler();
        }
    }

    @Override
    public String greeting() {
        return Objects.requireNonNullElse(KafkaTemplate.class.getPackage().getImplementationVersion(), "unknown");
    }

    @Override
    public void close() {
        context.close();
        ledger.close();
        posts.close();
    }
}
