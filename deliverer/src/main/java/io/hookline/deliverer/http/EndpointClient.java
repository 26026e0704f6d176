package io.hookline.deliverer.http;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.endpoint.OAuthClient;
import io.hookline.deliverer.reach.EgressProxy;
import io.hookline.deliverer.reach.Reach;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes POSTs over one pool of connections with one I/O thread. Follows no redirect, keeps no cookie, unpacks nothing and repeats nothing of which a byte was
 * sent: each call is one request, and what the endpoint says is the answer. Sends only where {@link Reach} allows.
 *
 * <p>Thread-safe. Answers come on the I/O thread, or on the caller's where a request fails before it is sent.
 */
public final class EndpointClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointClient.class);
    /** Attribute of a request's context: its {@link Submission}. */
    static final String SUBMISSION = "hookline.submission";

    private static final int HEADER_LINE_BYTES_MAX = 16 * 1024;
    private static final int HEADERS_MAX = 200;
    private static final int CLOSE_WAIT_MS = 500;

    /** How often a request is submitted again of which nothing was sent. */
    private static final int SUBMITTED_AGAIN_MAX = 2;

    private static final String JSON_TEXT = "application/json";
    private static final ContentType JSON = ContentType.parseLenient(JSON_TEXT);

    private final Reach reach;
    private final @Nullable EgressProxy proxy;
    private final CloseableHttpAsyncClient client;
    private final IdleConnections idle;
    private final Tokens tokens;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();

    /** Requests that have their connection and wait for the I/O thread to take them up. */
    private final AtomicInteger unsent = new AtomicInteger();

    /**
     * @param names must know an endpoint's host before a request to it is sent
     */
    public EndpointClient(HttpSettings settings, NameResolver names) {
        this.reach = settings.reach();
        this.proxy = settings.proxy();
        Timeout lastResort = Timeout.ofMilliseconds(settings.lastResortTimeoutMs());
        IdentityPools connections = new IdentityPools(
                pool(settings, names, ClientTlsStrategyBuilder.create()),
                identity ->
                        pool(settings, names, ClientTlsStrategyBuilder.create().setSslContext(identity.context())));
        this.tokens = new Tokens(this::sendOnce, names, System::currentTimeMillis);
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .setIoReactorExceptionCallback(this::failed)
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
                .addExecInterceptorFirst("exchange", this::begun)
                .addExecInterceptorLast("hand-over", this::connected)
                .setProxy(proxy == null ? null : new HttpHost("http", proxy.host(), proxy.port()))
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableRequestPriority()
                .build();
        client.start();
        this.idle = new IdleConnections(connections, settings.connectionsMax());
    }

    private static PoolingAsyncClientConnectionManager pool(
            HttpSettings settings, NameResolver names, ClientTlsStrategyBuilder tls) {
        return new Connections()
                .setDnsResolver(names)
                .setTlsStrategy(tls.buildAsync())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(settings.connectionsPerEndpointMax())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofMilliseconds(settings.connectTimeoutMs()))
                        .setSocketTimeout(Timeout.ofMilliseconds(settings.lastResortTimeoutMs()))
                        .setTimeToLive(TimeValue.ofMilliseconds(settings.connectionTtlMs()))
                        .build())
                .build();
    }

    /** Whether it can send; if not, though it was not closed, its I/O thread met its end and another client is needed. */
    public boolean isRunning() {
        return client.getStatus() == IOReactorStatus.ACTIVE;
    }

    private void failed(Exception cause) {
        if (isRunning()) {
            LOG.error("the HTTP client's I/O thread met an exception", cause);
        } else {
            LOG.debug("while closing", cause);
        }
    }

    /**
     * Sends one request, with a token where one is needed. Never blocks, never throws for what the endpoint or the network does. {@link
     * Reason#AUTH_FAILED} says that there was no token and nothing was sent.
     *
     * @param keepMax first bytes of the answer's body to keep, at most {@link Answer#READ_BYTES_MAX}
     * @param report called exactly once
     */
    public Sending send(OutboundRequest request, int keepMax, Consumer<Answer> report) {
        OAuthClient oauth = request.auth().oauth();
        return oauth == null
                ? sendOnce(request, keepMax, report)
                : new AuthorizedSending(request, oauth, tokens, keepMax, this::sendOnce, report).start();
    }

    private Exchange sendOnce(OutboundRequest request, int keepMax, Consumer<Answer> report) {
        Exchange exchange = new Exchange(keepMax, report, underWay::remove);
        underWay.add(exchange);
        String refusal = proxy == null ? reach.refusal(request.url()) : reach.refusalOfLiteral(request.url());
        if (refusal == null) {
            submit(request, exchange, SUBMITTED_AGAIN_MAX);
        } else {
            exchange.end(new Answer.Failure(Reason.ADDRESS_REFUSED, refusal));
        }
        return exchange;
    }

    private void submit(OutboundRequest request, Exchange exchange, int left) {
        HttpClientContext context = HttpClientContext.create();
        Submission submission =
                new Submission(exchange, context, failed -> submit(request, exchange, failed.left() - 1), left);
        context.setAttribute(SUBMISSION, submission);
        if (request.auth().tls() != null) {
            context.setUserToken(request.auth().tls());
        }
        try {
            exchange.running(client.execute(producer(request, submission), exchange, null, context, submission));
        } catch (RuntimeException e) {
            submission.failed(e);
        }
    }

    /** Requests that have a connection and that the I/O thread has not taken up: where it does not keep up, more of them do not help. */
    public int unsent() {
        return unsent.get();
    }

    private void connected(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        scope.clientContext
                .getAttribute(SUBMISSION, Submission.class)
                .exchange()
                .handedOver(unsent);
        chain.proceed(request, body, scope, callback);
    }

    private void begun(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        Submission submission = scope.clientContext.getAttribute(SUBMISSION, Submission.class);
        submission.exchange().runtime(scope.execRuntime);
        boolean isTunnel = proxy != null && scope.route.isSecure();
        chain.proceed(request, body, scope, isTunnel ? new TunnelGuard(submission, callback) : callback);
    }

    private static AsyncRequestProducer producer(OutboundRequest request, Submission submission) {
        EndpointUrl url = request.url();
        BasicHttpRequest head =
                new BasicHttpRequest("POST", new HttpHost(url.scheme(), url.host(), url.port()), url.path());
        request.headers().forEach(header -> head.addHeader(header.getKey(), header.getValue()));
        return new BasicRequestProducer(
                head, new BasicAsyncEntityProducer(request.body(), contentType(request.contentType()))) {
            @Override
            public void sendRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
                if (submission.exchange().isGivenUp()) {
                    throw new ConnectionClosedException("given up before it was sent");
                }
                super.sendRequest(channel, context);
            }

            @Override
            public void produce(DataStreamChannel channel) throws IOException {
                submission.bodyBegun();
                submission.exchange().takenUp();
                super.produce(channel);
            }
        };
    }

    /** Nearly every body is JSON. */
    private static ContentType contentType(String text) {
        return text.equals(JSON_TEXT) ? JSON : ContentType.parseLenient(text);
    }

    private static final class Connections extends PoolingAsyncClientConnectionManagerBuilder {
        @Override
        protected AsyncClientConnectionOperator createConnectionOperator(
                TlsStrategy tls, SchemePortResolver ports, DnsResolver names) {
            return new ConnectionWatch(super.createConnectionOperator(tls, ports, names));
        }
    }

    /** Ends what is under way; reports of that have come when this returns. */
    @Override
    public void close() {
        idle.close();
        tokens.close();
        underWay.forEach(Exchange::abandon);
        client.initiateShutdown();
        try {
            client.awaitShutdown(TimeValue.ofMilliseconds(CLOSE_WAIT_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close(CloseMode.IMMEDIATE);
    }
}
