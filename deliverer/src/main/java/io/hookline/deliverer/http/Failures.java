package io.hookline.deliverer.http;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.schemas.PlainText;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;

/** The one place that turns the client's exceptions into reasons. */
final class Failures {
    private static final int CAUSES_MAX = 10;
    private static final int DETAIL_CHARS_MAX = 300;

    private Failures() {}

    static Answer.Failure answer(Exception cause) {
        return new Answer.Failure(reason(cause, CAUSES_MAX), detail(cause));
    }

    private static Reason reason(Throwable cause, int causesLeft) {
        if (cause instanceof AddressRefusedException
                || (cause instanceof ProxyRefusedException proxy && proxy.isForbidden())) {
            return Reason.ADDRESS_REFUSED;
        } else if (cause instanceof ProxyRefusedException) {
            return Reason.CONNECT_FAILED;
        } else if (cause instanceof UnknownHostException) {
            return Reason.NAME_NOT_RESOLVED;
        } else if (cause instanceof ConnectTimeoutException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof ConnectionRequestTimeoutException) {
            return Reason.CONNECT_FAILED;
        } else if (cause instanceof SSLException) {
            return Reason.TLS_FAILED;
        } else if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
            return Reason.TIMEOUT;
        } else if (cause instanceof HttpException
                || cause instanceof MessageConstraintException
                || isProtocolReset(cause)) {
            return Reason.PROTOCOL_ERROR;
        }
        Throwable deeper = cause.getCause();
        return deeper == null || causesLeft == 0 ? Reason.CONNECTION_LOST : reason(deeper, causesLeft - 1);
    }

    private static boolean isProtocolReset(Throwable cause) {
        return cause instanceof H2StreamResetException reset && reset.getCode() == H2Error.PROTOCOL_ERROR.getCode();
    }

    /** One line, bounded, without the stack. */
    private static String detail(Throwable cause) {
        String message = cause.getMessage();
        String text = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
        return PlainText.oneLine(text, DETAIL_CHARS_MAX);
    }
}
