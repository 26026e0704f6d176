package io.hookline.deliverer.http;

import io.hookline.deliverer.endpoint.Auth;
import io.hookline.deliverer.endpoint.EndpointUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One POST to make.
 *
 * @param headers in the order to send them; names need not be unique
 * @param body sent as it is; not to be changed while the request runs
 * @param auth certificates of the connection, and whom to ask for a token
 */
public record OutboundRequest(
        EndpointUrl url, List<Map.Entry<String, String>> headers, byte[] body, String contentType, Auth auth) {

    /** Without authentication. */
    public OutboundRequest(EndpointUrl url, List<Map.Entry<String, String>> headers, byte[] body, String contentType) {
        this(url, headers, body, contentType, Auth.NONE);
    }

    /** The same with one more header. */
    OutboundRequest with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new OutboundRequest(url, more, body, contentType, auth);
    }
}
