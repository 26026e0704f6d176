package io.hookline.deliverer.http;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One request under way: collects what the endpoint sends and reports it exactly once, whoever is first of the answer's end, a failure, the size
 * limit and the deadline. Once a status line is there, it is the answer, whole or not.
 *
 * <p>The I/O thread feeds it, the loop may {@link #expire()} it; the report comes on whichever thread ended it.
 */
final class Exchange implements AsyncResponseConsumer<Exchange>, Sending {
    private final Consumer<Answer> report;
    private final Consumer<Exchange> onEnd;
    private final AtomicBoolean isReported = new AtomicBoolean();
    private final AtomicReference<@Nullable AtomicInteger> waitsIn = new AtomicReference<>();
    private volatile boolean isGivenUp;
    private final int keepMax;
    private volatile @Nullable Future<?> running;
    private volatile @Nullable AsyncExecRuntime runtime;
    private volatile @Nullable ManagedAsyncClientConnection connection;
    private volatile @Nullable HttpResponse head;
    private @Nullable FutureCallback<Exchange> ended;
    private long seen;

    /** Written by the I/O thread, read by whoever reports. */
    private final Object bodyLock = new Object();

    private byte[] body = new byte[0];
    private int kept;

    /** @param onEnd told of this exchange just before its report */
    Exchange(int keepMax, Consumer<Answer> report, Consumer<Exchange> onEnd) {
        this.keepMax = keepMax;
        this.report = report;
        this.onEnd = onEnd;
    }

    /** What holds the connection, as soon as there is one. */
    void runtime(AsyncExecRuntime holder) {
        runtime = holder;
    }

    /** Nothing was sent; it begins anew, within the same time. */
    void submittedAgain() {
        takenUp();
        connection = null;
        runtime = null;
    }

    boolean isReported() {
        return isReported.get();
    }

    /** A new connection stands; whether it is still wanted. */
    boolean connected(ManagedAsyncClientConnection opened) {
        connection = opened;
        return !isGivenUp;
    }

    /** It waits for the I/O thread from now on. */
    void handedOver(AtomicInteger unsent) {
        if (waitsIn.compareAndSet(null, unsent)) {
            unsent.incrementAndGet();
        }
        if (isReported()) {
            takenUp();
        }
    }

    /** It does not wait for the I/O thread, or no more. */
    void takenUp() {
        AtomicInteger unsent = waitsIn.getAndSet(null);
        if (unsent != null) {
            unsent.decrementAndGet();
        }
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    void running(Future<?> future) {
        running = future;
        if (isGivenUp) {
            stop();
        }
    }

    @Override
    public void expire() {
        giveUp(new Answer.Failure(Reason.TIMEOUT, "no answer within the attempt's time"));
    }

    /** Ends the request because the client is closed. Any thread; does nothing if it has ended. */
    void abandon() {
        giveUp(new Answer.Failure(Reason.CONNECTION_LOST, "the client was closed before there was an answer"));
    }

    private void giveUp(Answer.Failure why) {
        if (tell(partialOr(why))) {
            isGivenUp = true;
            stop();
        }
    }

    /**
     * All three are needed. Cancelling ends the wait for a connection, but the client forgets whom to cancel where one stands before the call that
     * asked for it has returned, as one that is used again always does. Its holder then has it to discard, though not while it is being
     * opened.
     */
    private void stop() {
        Future<?> future = running;
        if (future != null) {
            future.cancel(true);
        }
        AsyncExecRuntime holder = runtime;
        if (holder != null) {
            holder.discardEndpoint();
        }
        ManagedAsyncClientConnection opened = connection;
        if (opened != null) {
            opened.close(CloseMode.IMMEDIATE);
        }
    }

    /** Reports, unless that was done already. */
    private boolean tell(Answer answer) {
        boolean isFirst = isReported.compareAndSet(false, true);
        if (isFirst) {
            takenUp();
            onEnd.accept(this);
            report.accept(answer);
        }
        return isFirst;
    }

    /** Whether the status line is there, which will be the answer come what may. */
    boolean hasStatus() {
        return head != null;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Exchange> callback) {
        head = response;
        ended = callback;
        if (entity == null) {
            finish(true);
            callback.completed(this);
        }
    }

    @Override
    public void consume(ByteBuffer src) throws AnswerTooLongException {
        seen += src.remaining();
        keep(src);
        src.position(src.limit());
        if (seen > Answer.READ_BYTES_MAX) {
            finish(false);
            throw new AnswerTooLongException();
        }
    }

    private void keep(ByteBuffer src) {
        synchronized (bodyLock) {
            int room = Math.min(src.remaining(), keepMax - kept);
            if (kept + room > body.length) {
                body = Arrays.copyOf(body, Math.min(keepMax, Math.max(kept + room, body.length * 2)));
            }
            src.get(body, kept, room);
            kept += room;
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        finish(true);
        FutureCallback<Exchange> callback = ended;
        if (callback != null) {
            callback.completed(this);
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Answer.READ_BYTES_MAX);
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx says nothing about the delivery; the deadline bounds how long it can go on.
    }

    /** As a consumer: the client tells the {@link Submission} as well, which decides whether that is the end. */
    @Override
    public void failed(Exception cause) {
        // Nothing yet.
    }

    /** It ends without a whole answer. */
    void failedForGood(Exception cause) {
        tell(partialOr(Failures.answer(cause)));
    }

    /** It ends before it was sent. */
    void end(Answer.Failure why) {
        tell(why);
    }

    void completed() {
        finish(true);
    }

    @Override
    public void releaseResources() {
        // Holds nothing but memory.
    }

    private void finish(boolean isWhole) {
        HttpResponse response = head;
        if (response != null) {
            tell(response(response, isWhole));
        }
    }

    private Answer partialOr(Answer otherwise) {
        HttpResponse response = head;
        return response == null ? otherwise : response(response, false);
    }

    private Answer response(HttpResponse response, boolean isWhole) {
        Header retryAfter = response.getFirstHeader("retry-after");
        byte[] first;
        synchronized (bodyLock) {
            first = Arrays.copyOf(body, kept);
        }
        return new Answer.Response(
                response.getCode(), retryAfter == null ? null : retryAfter.getValue(), first, isWhole);
    }

    /** Ends the connection of an answer that is longer than anyone will read. */
    static final class AnswerTooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        AnswerTooLongException() {
            super("the answer is longer than " + Answer.READ_BYTES_MAX + " bytes");
        }
    }
}
