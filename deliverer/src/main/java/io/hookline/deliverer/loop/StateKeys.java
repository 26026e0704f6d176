package io.hookline.deliverer.loop;

import java.nio.charset.StandardCharsets;

/** Keys of deliverer.state: kind, then id. */
final class StateKeys {
    private static final String CHECKPOINT = "checkpoint";
    private static final String ENDPOINT = "endpoint/";

    private StateKeys() {}

    static byte[] checkpoint() {
        return CHECKPOINT.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] endpoint(String subscription) {
        return (ENDPOINT + subscription).getBytes(StandardCharsets.UTF_8);
    }

    static boolean isCheckpoint(String key) {
        return key.equals(CHECKPOINT);
    }

    static boolean isEndpoint(String key) {
        return key.startsWith(ENDPOINT);
    }

    /** The subscription that an endpoint's key names; empty for a key of another kind. */
    static String subscription(String endpointKey) {
        return isEndpoint(endpointKey) ? endpointKey.substring(ENDPOINT.length()) : "";
    }
}
