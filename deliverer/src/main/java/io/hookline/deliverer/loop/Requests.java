package io.hookline.deliverer.loop;

import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.http.OutboundRequest;
import io.hookline.deliverer.render.Rendition;
import java.util.List;
import java.util.Map;

/** The POST of one attempt. */
final class Requests {
    private Requests() {}

    /** @param nowMs the attempt's time, milliseconds since 1970 */
    static OutboundRequest of(Endpoint endpoint, Work work, Rendition.Body body, long nowMs) {
        List<Map.Entry<String, String>> headers = endpoint.headers(work.webhookId(), nowMs, body.bytes());
        headers.addAll(body.headers());
        String replay = work.group().delivery().getReplayId();
        if (replay != null) {
            headers.add(Map.entry("webhook-replay", replay));
        }
        return new OutboundRequest(endpoint.url(), headers, body.bytes(), body.contentType(), endpoint.auth());
    }
}
