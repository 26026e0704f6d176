package io.hookline.schemas.topic;

import java.nio.charset.StandardCharsets;

/** Keys of topic {@code deliverer.state}: what kind of record it is, then whose. Pure. */
public final class StateKeys {
    private static final String CHECKPOINT = "checkpoint";
    private static final String ENDPOINT = "endpoint/";

    private StateKeys() {}

    /** Of the {@code Checkpoint} of a partition. */
    public static byte[] checkpoint() {
        return CHECKPOINT.getBytes(StandardCharsets.UTF_8);
    }

    /** Of the {@code EndpointStatus} of a subscription. */
    public static byte[] endpoint(String subscription) {
        return (ENDPOINT + subscription).getBytes(StandardCharsets.UTF_8);
    }

    public static boolean isCheckpoint(String key) {
        return key.equals(CHECKPOINT);
    }

    public static boolean isEndpoint(String key) {
        return key.startsWith(ENDPOINT);
    }

    /** The subscription that an endpoint's key names; empty for a key of another kind. */
    public static String subscription(String endpointKey) {
        return isEndpoint(endpointKey) ? endpointKey.substring(ENDPOINT.length()) : "";
    }
}
