package io.hookline.router;

import io.hookline.schemas.topic.SharedPartitions;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the router has to know of the cluster before it starts.
 *
 * @param partitions P
 * @param recordBytesMax largest record that {@code deliveries} and {@code pipeline.dead} take
 */
record Cluster(int partitions, int recordBytesMax) {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    private static final Duration ASK_MAX = Duration.ofSeconds(10);

    /**
     * Asks the cluster. Blocks.
     *
     * @throws io.hookline.schemas.topic.UnusableTopicsException where the topics are not as they must be
     * @throws org.apache.kafka.common.KafkaException where the cluster did not answer
     */
    static Cluster ask(Admin admin, TopicNames names) {
        List<String> needed =
                List.of(names.subscriptions(), names.deliveries(), names.pipelineDead(), names.instances());
        int partitions = SharedPartitions.find(admin, names, needed, ASK_MAX);
        int bytesMax = Math.min(recordBytesMax(admin, names.deliveries()), recordBytesMax(admin, names.pipelineDead()));
        return new Cluster(partitions, bytesMax);
    }

    /** As the topic says; as the catalogue says where this client may not ask. */
    private static int recordBytesMax(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            String value = Objects.requireNonNull(
                            admin.describeConfigs(List.of(resource)).values().get(resource))
                    .get(ASK_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .value();
            return Integer.parseInt(value);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            log.warn(
                    "largest record of topic {} could not be asked for, {} bytes are assumed: {}",
                    topic,
                    TopicCatalogue.RECORD_BYTES_MAX,
                    e.toString());
            return TopicCatalogue.RECORD_BYTES_MAX;
        }
    }
}
