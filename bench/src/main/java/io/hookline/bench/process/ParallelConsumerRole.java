package io.hookline.bench.process;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The peer that is nearest: Confluent's parallel-consumer, unordered, a thread for each delivery under way, offsets committed by its consumer
 * in the background, which is its fastest way.
 */
final class ParallelConsumerRole implements Role {
    private final Ledger ledger;
    private final SyncPosts posts;
    private final ParallelStreamProcessor<byte[], byte[]> processor;

    ParallelConsumerRole(Map<String, String> settings) {
        Work work = Work.of(settings);
        ledger = new Ledger(work);
        posts = new SyncPosts(work.url(), work.inFlight());
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        work.bootstrapServers(),
                        "group.id",
                        work.group(),
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        processor = ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<byte[], byte[]>builder()
                .consumer(consumer)
                .ordering(ParallelConsumerOptions.ProcessingOrder.UNORDERED)
                .commitMode(ParallelConsumerOptions.CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS)
                .maxConcurrency(work.inFlight())
                .build());
        processor.subscribe(List.of(work.topic()));
        processor.poll(context -> deliver(context.getSingleConsumerRecord()));
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        Signed signed = ledger.sign(record);
        long startedNs = System.nanoTime();
        int status = posts.post(Ledger.endpoint(record), signed, record.value());
        ledger.attempted(record, signed, startedNs, status);
    }

    @Override
    public String greeting() {
        return Versions.of("io.confluent.parallelconsumer/parallel-consumer-core");
    }

    @Override
    public void close() {
        processor.close();
        ledger.close();
        posts.close();
    }
}
