package io.hookline.deliverer.http;

import io.hookline.deliverer.endpoint.EndpointUrl;
import java.util.List;
import java.util.Map;

/**
 * One POST to make.
 *
 * @param headers in the order to send them; names need not be unique
 * @param body sent as it is; not to be changed while the request runs
 */
public record OutboundRequest(
        EndpointUrl url, List<Map.Entry<String, String>> headers, byte[] body, String contentType) {}
