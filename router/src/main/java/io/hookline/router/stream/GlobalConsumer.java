package io.hookline.router.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer that follows the subscriptions topic. Streams has one setting for how long stream threads and the global thread wait for records.
 * Stream threads must look often whether there is something to commit; the global thread has nothing else to do, and would ask in vain five
 * hundred times a second.
 */
final class GlobalConsumer extends KafkaConsumer<byte[], byte[]> {
    /** Also how much longer closing may take. */
    private static final Duration WAIT_MIN = Duration.ofMillis(100);

    GlobalConsumer(Map<String, Object> config) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** As everywhere, but it waits for at least {@link #WAIT_MIN} while there is nothing. */
    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return super.poll(timeout.compareTo(WAIT_MIN) < 0 ? WAIT_MIN : timeout);
    }
}
