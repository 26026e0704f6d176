package io.hookline.testkit.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

/**
 * More than 10,000 requests a second on one I/O thread, measured by the processor time that thread takes for each, warm-up
 * included, so that a busy machine does not decide the result.
 */
class ScriptedReceiverThroughputIT {
    private static final int REQUESTS = 20_000;
    private static final int IN_FLIGHT = 64;

    @Test
    void shouldReceiveTenThousandASecondOnOneIoThread() throws Exception {
        try (ScriptedReceiver receiver = ScriptedReceiver.start();
                CloseableHttpAsyncClient client = client()) {
            ScriptedEndpoint endpoint = receiver.endpoint("/fast", Scripts.ok());
            client.start();
            long start = System.nanoTime();
            assertThat(send(client, endpoint)).isEqualTo(REQUESTS);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuMicros = ioThreadCpuNanos() / 1e3 / REQUESTS;
            System.out.printf(
                    "%d requests in %.2f s, %.1f microseconds of the I/O thread each%n", REQUESTS, seconds, cpuMicros);

            assertThat(endpoint.count()).isEqualTo(REQUESTS);
            assertThat(endpoint.distinctIds()).isEqualTo(REQUESTS);
            assertThat(cpuMicros).isLessThan(100);
        }
    }

    private static long ioThreadCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("server-dispatch"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
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
        assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
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
