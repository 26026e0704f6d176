package io.hookline.bench.process;

import org.apache.hc.core5.http.HttpMessage;

/** The headers of Standard Webhooks for one attempt. */
record Signed(String id, String timestamp, String signature) {
    void addTo(HttpMessage request) {
        request.addHeader("webhook-id", id);
        request.addHeader("webhook-timestamp", timestamp);
        request.addHeader("webhook-signature", signature);
    }
}
