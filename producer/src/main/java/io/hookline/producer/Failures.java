package io.hookline.producer;

import io.hookline.producer.EmitException.Reason;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The one place where Kafka's failures become ours: each with the event, the topic, the limit that was met and the mend. */
final class Failures {
    private final String servers;
    private final long bufferBytes;
    private final long blockMsMax;
    private final long deliveryMsMax;

    Failures(AbstractConfig kafka) {
        this.servers = String.join(",", kafka.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.bufferBytes = kafka.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG);
        this.blockMsMax = kafka.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
        this.deliveryMsMax = kafka.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    }

    /** Why Kafka's client did not take an event. */
    EmitException refused(PreparedEvent event, Throwable failure) {
        if (failure instanceof BufferExhaustedException) {
            return new EmitException(
                    Reason.BUFFER_FULL,
                    "No room for " + event + ": the buffer of " + bufferBytes + " bytes stayed full for " + blockMsMax
                            + " ms, so Kafka at " + servers
                            + " takes less than is emitted. Emit slower, try again, or raise "
                            + ProducerConfig.BUFFER_MEMORY_CONFIG + " or " + ProducerConfig.MAX_BLOCK_MS_CONFIG + ".",
                    failure);
        }
        if (failure instanceof TimeoutException) {
            return new EmitException(
                    Reason.KAFKA_UNREACHABLE,
                    "Kafka at " + servers + " did not say within " + blockMsMax + " ms where " + event + " belongs: "
                            + text(failure),
                    failure);
        }
        return answered(event, failure);
    }

    /** Why Kafka did not acknowledge an event that its client had taken. */
    EmitException notAcknowledged(PreparedEvent event, Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new EmitException(
                    Reason.NOT_ACKNOWLEDGED,
                    "Kafka at " + servers + " did not acknowledge " + event + " within " + deliveryMsMax + " ms ("
                            + ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG + "). Emit it again with the same id: "
                            + text(failure),
                    failure);
        }
        return answered(event, failure);
    }

    private EmitException answered(PreparedEvent event, Throwable failure) {
        String what = "Kafka at " + servers + " refused " + event + ": " + text(failure);
        return new EmitException(reason(failure), what + mend(failure), failure);
    }

    private static Reason reason(Throwable failure) {
        if (failure instanceof UnknownTopicOrPartitionException) {
            return Reason.TOPIC_MISSING;
        }
        if (failure instanceof AuthorizationException || failure instanceof AuthenticationException) {
            return Reason.NOT_AUTHORIZED;
        }
        boolean forGood = failure instanceof RecordTooLargeException
                || failure instanceof InvalidTimestampException
                || failure instanceof PolicyViolationException
                || failure instanceof InvalidConfigurationException;
        return forGood ? Reason.REFUSED : Reason.NOT_ACKNOWLEDGED;
    }

    private static String mend(Throwable failure) {
        return failure instanceof RecordTooLargeException
                ? " Raise " + ProducerConfig.MAX_REQUEST_SIZE_CONFIG + " or " + ProducerConfig.BUFFER_MEMORY_CONFIG
                        + " here, or the topic's max.message.bytes."
                : "";
    }

    /** Messages of a failure and its causes, each once. */
    static String text(@Nullable Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 5; depth++) {
            String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
            at = at.getCause();
        }
        return text.toString();
    }
}
