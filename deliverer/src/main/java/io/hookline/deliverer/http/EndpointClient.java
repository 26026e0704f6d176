package io.hookline.deliverer.http;

import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.EndpointUrl;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes POSTs over one pool of connections with one I/O thread. Follows no redirect, keeps no cookie, unpacks nothing and repeats nothing: each
 * call is one request, and what the endpoint says is the answer.
 *
 * <p>Thread-safe. Answers come on the I/O thread, or on the caller's where a request fails before it is sent.
 */
public final class EndpointClient implements AutoCloseable {
    private static final int HEADER_LINE_BYTES_MAX = 16 * 1024;
    private static final int HEADERS_MAX = 200;
    private static final int CLOSE_WAIT_S = 2;

    private final CloseableHttpAsyncClient client;

    /**
     * @param names must know an endpoint's host before a request to it is sent
     */
    public EndpointClient(HttpSettings settings, NameResolver names) {
        Timeout lastResort = Timeout.ofMilliseconds(settings.lastResortTimeoutMs());
        var connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(settings.connectionsMax())
                .setMaxConnPerRoute(settings.connectionsPerEndpointMax())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofMilliseconds(settings.connectTimeoutMs()))
                        .setSocketTimeout(lastResort)
                        .setTimeToLive(TimeValue.ofMilliseconds(settings.connectionTtlMs()))
                        .build())
                .build();
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(HEADER_LINE_BYTES_MAX)
                        .setMaxHeaderCount(HEADERS_MAX)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(lastResort)
                        .setResponseTimeout(lastResort)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent(settings.userAgent())
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.of(1, TimeUnit.MINUTES))
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
     * Sends one request. Never blocks, never throws for what the endpoint or the network does.
     *
     * @param keepMax first bytes of the answer's body to keep, at most {@link Answer#READ_BYTES_MAX}
     * @param report called exactly once
     */
    public Exchange send(OutboundRequest request, int keepMax, Consumer<Answer> report) {
        Exchange exchange = new Exchange(keepMax, report);
        try {
            exchange.running(client.execute(producer(request), exchange, null, HttpClientContext.create(), exchange));
        } catch (RuntimeException e) {
            exchange.failed(e);
        }
        return exchange;
    }

    private static BasicRequestProducer producer(OutboundRequest request) {
        EndpointUrl url = request.url();
        BasicHttpRequest head =
                new BasicHttpRequest("POST", new HttpHost(url.scheme(), url.host(), url.port()), url.path());
        request.headers().forEach(header -> head.addHeader(header.getKey(), header.getValue()));
        return new BasicRequestProducer(
                head, new BasicAsyncEntityProducer(request.body(), ContentType.parseLenient(request.contentType())));
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        try {
            client.awaitShutdown(TimeValue.ofSeconds(CLOSE_WAIT_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
