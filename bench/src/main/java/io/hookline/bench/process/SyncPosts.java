package io.hookline.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.Timeout;

/** POSTs that block: what suits a peer best that has a thread for each delivery under way. The same library, as bare. Any thread. */
final class SyncPosts implements AutoCloseable {
    private static final Timeout TIMEOUT = Timeout.ofSeconds(15);

    private final CloseableHttpClient client;
    private final HttpHost host;
    private final String path;

    /** @param url base of the endpoints' URLs */
    SyncPosts(String url, int connections) {
        URI base = URI.create(url);
        this.host = new HttpHost(base.getScheme(), base.getHost(), base.getPort());
        this.path = base.getPath();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnPerRoute(connections)
                        .setMaxConnTotal(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(TIMEOUT)
                                .setSocketTimeout(TIMEOUT)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(TIMEOUT)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    /** Sends one and waits for the answer's status. */
    int post(int endpoint, Signed signed, byte[] body) {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", host, path + endpoint);
        signed.addTo(request);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        try {
            return client.execute(host, request, answer -> {
                EntityUtils.consume(answer.getEntity());
                return answer.getCode();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
