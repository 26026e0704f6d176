package io.hookline.deliverer.endpoint;

import java.util.List;

/**
 * What a token server knows us by (OAuth 2.0 client credentials).
 *
 * @param tokenUrl where tokens come from
 * @param id of the client
 * @param secret of the client
 * @param scopes asked for; may be none
 */
public record OAuthClient(EndpointUrl tokenUrl, String id, String secret, List<String> scopes) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthClient[" + id + " at " + tokenUrl.host() + "]";
    }
}
