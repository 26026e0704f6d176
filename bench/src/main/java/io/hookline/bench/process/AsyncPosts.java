package io.hookline.bench.process;

import java.net.URI;
import java.util.function.IntConsumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * POSTs with the deliverer's HTTP client as its library makes it: Apache's, asynchronous, one I/O thread, without cookies, redirects, retries,
 * decompression and authentication caches, which the deliverer does without as well. Any thread.
 */
final class AsyncPosts implements AutoCloseable {
    private static final Timeout TIMEOUT = Timeout.ofSeconds(15);

    private final CloseableHttpAsyncClient client;
    private final HttpHost host;
    private final String path;

    /** @param url base of the endpoints' URLs */
    AsyncPosts(String url, int connections) {
        URI base = URI.create(url);
        this.host = new HttpHost(base.getScheme(), base.getHost(), base.getPort());
        this.path = base.getPath();
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnPerRoute(connections)
                        .setMaxConnTotal(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(TIMEOUT)
                                .build())
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
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
                .disableRequestPriority()
                .build();
        client.start();
    }

    /**
     * Sends one.
     *
     * @param endpoint its number
     * @param status told the answer's status, 0 where there is none, on the I/O thread
     */
    void post(int endpoint, Signed signed, byte[] body, IntConsumer status) {
        BasicHttpRequest head = new BasicHttpRequest("POST", host, path + endpoint);
        signed.addTo(head);
        var unused = client.execute(
                new BasicRequestProducer(head, new BasicAsyncEntityProducer(body, ContentType.APPLICATION_JSON)),
                new BasicResponseConsumer<>(new BasicAsyncEntityConsumer()),
                new FutureCallback<Message<HttpResponse, byte[]>>() {
                    @Override
                    public void completed(Message<HttpResponse, byte[]> answer) {
                        status.accept(answer.getHead().getCode());
                    }

                    @Override
                    public void failed(Exception cause) {
                        status.accept(0);
                    }

                    @Override
                    public void cancelled() {
                        status.accept(0);
                    }
                });
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
