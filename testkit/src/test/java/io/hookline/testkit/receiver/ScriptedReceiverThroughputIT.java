package io.hookline.testkit.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.Test;

/** A floor, not a benchmark: far below what it does on a quiet machine, far above what a blocking mistake would leave. */
class ScriptedReceiverThroughputIT {
    private static final int REQUESTS = 60_000;
    private static final int IN_FLIGHT = 64;

    @Test
    void shouldReceiveThousandsASecondOnOneIoThread() throws Exception {
        try (ScriptedReceiver receiver = ScriptedReceiver.start();
                CloseableHttpAsyncClient client = client()) {
            ScriptedEndpoint endpoint = receiver.endpoint("/fast", Scripts.ok());
            client.start();
            long start = System.nanoTime();
            assertThat(send(client, endpoint)).isEqualTo(REQUESTS);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%d requests in %.2f s: %.0f/s%n", REQUESTS, seconds, REQUESTS / seconds);

            assertThat(endpoint.count()).isEqualTo(REQUESTS);
            assertThat(endpoint.distinctIds()).isEqualTo(REQUESTS);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static int send(CloseableHttpAsyncClient client, ScriptedEndpoint endpoint) throws Exception {
        Semaphore free = new Semaphore(IN_FLIGHT);
        CountDownLatch done = new CountDownLatch(REQUESTS);
        AtomicInteger succeeded = new AtomicInteger();
        byte[] body = new byte[1024];
        for (int i = 0; i < REQUESTS; i++) {
            free.acquire();
            SimpleHttpRequest request = SimpleRequestBuilder.post(endpoint.url())
                    .addHeader(ReceivedRequest.WEBHOOK_ID, "msg_" + i)
                    .setBody(body, ContentType.APPLICATION_JSON)
                    .build();
            var unused = client.execute(request, new FutureCallback<>() {
                @Override
                public void completed(SimpleHttpResponse response) {
                    if (response.getCode() == 200) {
                        succeeded.incrementAndGet();
                    }
                    end();
                }

                @Override
                public void failed(Exception e) {
                    end();
                }

                @Override
                public void cancelled() {
                    end();
                }

                private void end() {
                    free.release();
                    done.countDown();
                }
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        return succeeded.get();
    }

    private static CloseableHttpAsyncClient client() {
        return HttpAsyncClients.custom()
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(IN_FLIGHT)
                        .setMaxConnTotal(IN_FLIGHT)
                        .build())
                .disableAutomaticRetries()
                .build();
    }
}
