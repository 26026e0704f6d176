package io.hookline.deliverer.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;

/**
 * One try to get an exchange's request onto a connection. Endpoints close idle connections, and one that is closed just when it is used again
 * is nobody's failure: where not a byte was sent, the request is submitted once more, and so it is where the endpoint says that it did not look
 * at it (HTTP/2: GOAWAY with an earlier stream, REFUSED_STREAM; RFC 9113, 8.7). Any other request of which something may have arrived is an
 * attempt, whatever became of it: nobody knows what the endpoint did with it.
 */
final class Submission implements FutureCallback<Exchange> {
    private final Exchange exchange;
    private final HttpCoreContext context;
    private final Consumer<Submission> again;
    private final int left;
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private volatile boolean isConnecting;
    private volatile boolean isBodyBegun;

    /**
     * @param context of the request; the connection leaves its protocol there before it writes
     * @param again submits anew
     * @param left how often it may be submitted again
     */
    Submission(Exchange exchange, HttpCoreContext context, Consumer<Submission> again, int left) {
        this.exchange = exchange;
        this.context = context;
        this.again = again;
        this.left = left;
    }

    Exchange exchange() {
        return exchange;
    }

    int left() {
        return left;
    }

    /** A connection is opened for it rather than used again. */
    void connecting() {
        isConnecting = true;
    }

    /** The body is asked for. With HTTP/1.1 nothing is written before that. */
    void bodyBegun() {
        isBodyBegun = true;
    }

    boolean isBodyBegun() {
        return isBodyBegun;
    }

    @Override
    public void completed(Exchange self) {
        exchange.completed();
    }

    @Override
    public void failed(Exception cause) {
        if (!isEnded.compareAndSet(false, true)) {
            return;
        }
        if (left > 0 && !exchange.isReported() && !exchange.hasStatus() && isUnseen(cause)) {
            exchange.submittedAgain();
            again.accept(this);
        } else {
            exchange.failedForGood(cause);
        }
    }

    /** A connection of its own was opened for what is to be sent: that it is lost is news. One from the pool may have been lost long ago. */
    private boolean isUnseen(Exception cause) {
        if (cause instanceof H2StreamResetException reset) {
            return reset.getCode() == H2Error.REFUSED_STREAM.getCode();
        }
        boolean isHttp2 = context.getProtocolVersion().greaterEquals(HttpVersion.HTTP_2);
        if (isHttp2) {
            return cause instanceof RequestNotExecutedException;
        }
        return !isBodyBegun && !isConnecting && isLoss(cause);
    }

    /** Of a connection; waiting in vain is something else, whether for a connection or on one. */
    private static boolean isLoss(Exception cause) {
        return cause instanceof IllegalStateException
                || (cause instanceof IOException
                        && !(cause instanceof InterruptedIOException)
                        && !(cause instanceof ProxyRefusedException));
    }

    @Override
    public void cancelled() {
        failed(new CancellationException("cancelled"));
    }
}
