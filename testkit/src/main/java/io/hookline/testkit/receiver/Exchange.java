package io.hookline.testkit.receiver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its reply. The I/O thread receives and asks the script; the reply is given by the I/O thread or, if delayed, by the
 * receiver's timer; whichever of reply and loss of the connection comes first ends it.
 */
final class Exchange implements AsyncServerExchangeHandler {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private final ScriptedEndpoint endpoint;
    private final ReceiverContext receiver;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    private final AtomicBoolean ended = new AtomicBoolean();

    private @Nullable HttpRequest head;
    private @Nullable ResponseChannel channel;
    private @Nullable HttpContext context;
    private volatile @Nullable ReceivedRequest received;
    private volatile @Nullable SocketAddress waitingClient;
    private volatile @Nullable AsyncEntityProducer answerBody;

    Exchange(ScriptedEndpoint endpoint, ReceiverContext receiver) {
        this.endpoint = endpoint;
        this.receiver = receiver;
    }

    @Override
    public void handleRequest(
            HttpRequest request, @Nullable EntityDetails entity, ResponseChannel responses, HttpContext httpContext) {
        head = request;
        channel = responses;
        context = httpContext;
        if (entity == null) {
            complete();
        }
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (body.size() + bytes.remaining() > receiver.bodyBytesMax()) {
            throw new IOException("body is larger than the " + receiver.bodyBytesMax() + " bytes this receiver takes");
        }
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        body.write(chunk);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        complete();
    }

    @Override
    public int available() {
        AsyncEntityProducer producer = answerBody;
        return producer == null ? 0 : producer.available();
    }

    @Override
    public void produce(DataStreamChannel out) throws IOException {
        AsyncEntityProducer producer = answerBody;
        if (producer != null) {
            producer.produce(out);
        }
    }

    @Override
    public void failed(Exception cause) {
        log.debug("connection to {} lost", endpoint.url(), cause);
        end(Outcome.Kind.UNANSWERED, 0);
    }

    /** Called by the server when the exchange is over, or its connection closed. */
    @Override
    public void releaseResources() {
        end(Outcome.Kind.UNANSWERED, 0);
    }

    /** Ends it unanswered and closes its connection, unless it has ended. Any thread. */
    void abandon() {
        if (end(Outcome.Kind.UNANSWERED, 0)) {
            Objects.requireNonNull(channel).terminateExchange();
        }
    }

    private void complete() {
        HttpRequest request = Objects.requireNonNull(head);
        ReceivedRequest complete = new ReceivedRequest(
                receiver.clock().instant(),
                request.getMethod(),
                request.getPath(),
                fields(request),
                body.toByteArray());
        received = complete;
        int timesSeen = endpoint.log().add(complete);
        give(decide(complete, timesSeen));
    }

    private Reply decide(ReceivedRequest request, int timesSeen) {
        try {
            return endpoint.script().reply(request, timesSeen);
        } catch (RuntimeException e) {
            log.error("script of {} failed", endpoint.url(), e);
            return Reply.status(500).json("{\"error\":\"the receiver's script failed\"}");
        }
    }

    private void give(Reply reply) {
        if (reply instanceof Answer answer) {
            after(answer.delay(), () -> answer(answer));
        } else if (reply instanceof Reply.Disconnect disconnect) {
            after(disconnect.delay(), this::disconnect);
        } else {
            waitForAnEnd();
        }
    }

    private void after(Duration delay, Runnable action) {
        if (delay.isZero()) {
            action.run();
        } else {
            waitForAnEnd();
            receiver.later(delay, action);
        }
    }

    private void waitForAnEnd() {
        SocketAddress client =
                HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress();
        waitingClient = client;
        receiver.waiting().add(client, this);
    }

    private void answer(Answer answer) {
        if (!end(Outcome.Kind.ANSWERED, answer.status())) {
            return;
        }
        HttpResponse response = new BasicHttpResponse(answer.status());
        answer.headers().forEach(field -> response.addHeader(field.name(), field.value()));
        AsyncEntityProducer producer =
                answer.body().length == 0 ? null : new BasicAsyncEntityProducer(answer.body(), null);
        answerBody = producer;
        try {
            Objects.requireNonNull(channel).sendResponse(response, producer, Objects.requireNonNull(context));
        } catch (HttpException | IOException | RuntimeException e) {
            log.debug("answer of {} not sent", endpoint.url(), e);
            Objects.requireNonNull(channel).terminateExchange();
        }
    }

    private void disconnect() {
        if (end(Outcome.Kind.DISCONNECTED, 0)) {
            Objects.requireNonNull(channel).terminateExchange();
        }
    }

    private boolean end(Outcome.Kind kind, int status) {
        ReceivedRequest request = received;
        if (request == null || !ended.compareAndSet(false, true)) {
            return false;
        }
        SocketAddress client = waitingClient;
        if (client != null) {
            receiver.waiting().remove(client, this);
        }
        Outcome outcome = new Outcome(kind, status, receiver.clock().instant());
        request.end(outcome);
        endpoint.log().ended(outcome);
        receiver.ended(request, outcome);
        return true;
    }

    private static List<HeaderField> fields(HttpRequest request) {
        List<HeaderField> fields = new ArrayList<>();
        request.headerIterator()
                .forEachRemaining(header -> fields.add(new HeaderField(header.getName(), header.getValue())));
        return fields;
    }
}
