package io.hookline.deliverer.loop;

import io.hookline.avro.Delivery;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.PipelineFault;
import io.hookline.avro.Stage;
import io.hookline.deliverer.commit.Output;
import io.hookline.schemas.topic.TopicNames;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records of what the pipeline itself could not do: read a record, or write one. */
final class FaultRecords {
    private static final int FORMAT_VERSION = 1;

    private final TopicNames names;
    private final Codecs codecs;

    FaultRecords(TopicNames names, Codecs codecs) {
        this.names = names;
        this.codecs = codecs;
    }

    /** Keeps a record that cannot be read. */
    Output unreadable(
            Partition partition,
            ConsumerRecord<byte[], byte[]> record,
            PipelineFault fault,
            String detail,
            long nowMs) {
        byte[] value = record.value();
        PipelineDead dead = new PipelineDead(
                FORMAT_VERSION,
                Stage.DELIVERER,
                fault,
                detail,
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                value == null ? null : ByteBuffer.wrap(value),
                List.of(),
                Instant.ofEpochMilli(nowMs));
        return output(partition, record.key(), dead);
    }

    /**
     * Stands for an outcome that the broker does not take. Too large itself to be kept, it is replaced by the coordinates of the event it was
     * about, which has all that is needed to send it again.
     */
    Output refused(Output refused, Exception cause, long nowMs) {
        ProducerRecord<byte[], byte[]> record = refused.record();
        String problem = "A record of " + record.value().length + " bytes for " + record.topic()
                + " could not be written: " + cause.getMessage()
                + " Raise the topic's max.message.bytes, or mend what makes the record so large.";
        Instant now = Instant.ofEpochMilli(nowMs);
        PipelineDead dead;
        if (refused.subject() instanceof Work work) {
            Delivery delivery = work.group().delivery();
            dead = notWritable(
                    problem + " It was about delivery " + work.webhookId() + " to subscription " + work.subscription()
                            + ".",
                    delivery.getTopic(),
                    delivery.getPartition(),
                    delivery.getOffset(),
                    now);
        } else {
            dead = notWritable(problem, record.topic(), record.partition() == null ? -1 : record.partition(), -1, now);
        }
        return output(refused.owner(), record.key(), dead);
    }

    private static PipelineDead notWritable(String detail, String topic, int partition, long offset, Instant now) {
        return new PipelineDead(
                FORMAT_VERSION,
                Stage.DELIVERER,
                PipelineFault.NOT_WRITABLE,
                detail,
                topic,
                partition,
                offset,
                now,
                null,
                List.of(),
                now);
    }

    private Output output(Object owner, byte @Nullable [] key, PipelineDead dead) {
        return new Output(owner, new ProducerRecord<>(names.pipelineDead(), key, codecs.pipelineDead.encode(dead)));
    }
}
