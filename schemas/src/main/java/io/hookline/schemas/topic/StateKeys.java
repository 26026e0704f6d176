package io.hookline.schemas.topic;

import java.nio.charset.StandardCharsets;

/** Keys of topic {@code deliverer.state}: what kind of record it is, then whose. Pure. */
public final class StateKeys {
    private static final String CHECKPOINT = "checkpoint";
    private static final String ENDPOINT = "endpoint/";
    private static final String PARKED = "parked/";

    private StateKeys() {}

    /** Of the {@code Checkpoint} of a partition. */
    public static byte[] checkpoint() {
        return CHECKPOINT.getBytes(StandardCharsets.UTF_8);
    }

    /** Of the {@code EndpointStatus} of a subscription. */
    public static byte[] endpoint(String subscription) {
        return (ENDPOINT + subscription).getBytes(StandardCharsets.UTF_8);
    }

    /** Of a segment of the {@code ParkedUnit} of a whole subscription. */
    public static byte[] parked(String subscription, int segment) {
        return (PARKED + subscription + "/" + segment).getBytes(StandardCharsets.UTF_8);
    }

    public static boolean isCheckpoint(String key) {
        return key.equals(CHECKPOINT);
    }

    public static boolean isEndpoint(String key) {
        return key.startsWith(ENDPOINT);
    }

    public static boolean isParked(String key) {
        return key.startsWith(PARKED) && key.indexOf('/', PARKED.length()) > 0;
    }

    /** The subscription that the key of an endpoint or of a parked segment names; empty for a key of another kind. */
    public static String subscription(String key) {
        if (isEndpoint(key)) {
            return key.substring(ENDPOINT.length());
        }
        return isParked(key) ? key.substring(PARKED.length(), key.indexOf('/', PARKED.length())) : "";
    }

    /**
     * The segment's number in the key of a parked one.
     *
     * @throws NumberFormatException where there is no number
     */
    public static int segment(String parkedKey) {
        return Integer.parseInt(parkedKey.substring(parkedKey.lastIndexOf('/') + 1));
    }
}
