package io.hookline.ops.kafka;

/** A topic that every installation has is not there. The message names it, the cluster and the command that creates it. */
public final class TopicMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicMissingException(String topic, String servers) {
        super("Topic '" + topic + "' does not exist at " + servers
                + ". Create all topics with 'hookline topics create', or check --bootstrap-server and --prefix.");
    }
}
