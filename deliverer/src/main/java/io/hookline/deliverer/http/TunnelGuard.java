package io.hookline.deliverer.http;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a proxy's answer from the endpoint's. Apache's client hands over whatever refuses a tunnel as the answer to the request; but the
 * endpoint cannot have answered a request that was not begun.
 */
record TunnelGuard(Submission submission, AsyncExecCallback callback) implements AsyncExecCallback {
    @Override
    public AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails entity)
            throws HttpException, IOException {
        if (!submission.isBodyBegun()) {
            throw new ProxyRefusedException(response.getCode());
        }
        return callback.handleResponse(response, entity);
    }

    @Override
    public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
        callback.handleInformationResponse(response);
    }

    @Override
    public void completed() {
        callback.completed();
    }

    @Override
    public void failed(Exception cause) {
        callback.failed(cause);
    }
}
