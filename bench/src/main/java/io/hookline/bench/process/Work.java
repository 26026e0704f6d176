package io.hookline.bench.process;

import java.util.Map;

/**
 * What a peer or a bare client is told to do; the settings of its process.
 *
 * @param bootstrapServers of Kafka; empty for who needs none
 * @param registryUrl of the schema registry; empty for who needs none
 * @param topic where bodies are read: key an endpoint's number, value the body as it is sent
 * @param group who reads it
 * @param attempts topic of the records of attempts
 * @param url base of the endpoints' URLs, to which their number is added
 * @param endpoints how many there are
 * @param inFlight requests under way at once, at most
 */
public record Work(
        String bootstrapServers,
        String registryUrl,
        String topic,
        String group,
        String attempts,
        String url,
        int endpoints,
        int inFlight) {

    public Map<String, String> settings() {
        return Map.of(
                "bootstrap.servers", bootstrapServers,
                "registry", registryUrl,
                "topic", topic,
                "group", group,
                "attempts", attempts,
                "url", url,
                "endpoints", Integer.toString(endpoints),
                "in.flight", Integer.toString(inFlight));
    }

    static Work of(Map<String, String> settings) {
        return new Work(
                settings.getOrDefault("bootstrap.servers", ""),
                settings.getOrDefault("registry", ""),
                settings.getOrDefault("topic", ""),
                settings.getOrDefault("group", ""),
                settings.getOrDefault("attempts", ""),
                settings.getOrDefault("url", ""),
                Integer.parseInt(settings.getOrDefault("endpoints", "1")),
                Integer.parseInt(settings.getOrDefault("in.flight", "1")));
    }
}
