package io.hookline.deliverer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(new UnknownHostException("x"), Reason.NAME_NOT_RESOLVED),
                Arguments.of(new ConnectTimeoutException("x"), Reason.CONNECT_FAILED),
                Arguments.of(new HttpHostConnectException("x"), Reason.CONNECT_FAILED),
                Arguments.of(new ConnectException("refused"), Reason.CONNECT_FAILED),
                Arguments.of(new NoRouteToHostException("x"), Reason.CONNECT_FAILED),
                Arguments.of(new ConnectionRequestTimeoutException("x"), Reason.CONNECT_FAILED),
                Arguments.of(new SSLHandshakeException("x"), Reason.TLS_FAILED),
                Arguments.of(new SSLPeerUnverifiedException("x"), Reason.TLS_FAILED),
                Arguments.of(new IOException("x", new SSLHandshakeException("y")), Reason.TLS_FAILED),
                Arguments.of(new SocketTimeoutException("x"), Reason.TIMEOUT),
                Arguments.of(new TimeoutException("x"), Reason.TIMEOUT),
                Arguments.of(new ProtocolException("x"), Reason.PROTOCOL_ERROR),
                Arguments.of(new UnsupportedHttpVersionException("x"), Reason.PROTOCOL_ERROR),
                Arguments.of(new MessageConstraintException("x"), Reason.PROTOCOL_ERROR),
                Arguments.of(new H2StreamResetException(H2Error.PROTOCOL_ERROR, "x"), Reason.PROTOCOL_ERROR),
                Arguments.of(new H2StreamResetException(H2Error.CANCEL, "x"), Reason.CONNECTION_LOST),
                Arguments.of(new MalformedChunkCodingException("x"), Reason.CONNECTION_LOST),
                Arguments.of(new ConnectionClosedException(), Reason.CONNECTION_LOST),
                Arguments.of(new SocketException("Connection reset"), Reason.CONNECTION_LOST),
                Arguments.of(new EOFException(), Reason.CONNECTION_LOST),
                Arguments.of(new ClosedChannelException(), Reason.CONNECTION_LOST),
                Arguments.of(new CancellationException(), Reason.CONNECTION_LOST),
                Arguments.of(new ExecutionException(new ConnectException("x")), Reason.CONNECT_FAILED),
                Arguments.of(new IllegalStateException("x"), Reason.CONNECTION_LOST));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void shouldNameTheReason(Exception cause, Reason reason) {
        Answer.Failure failure = Failures.answer(cause);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).isNotBlank();
    }

    @Test
    void shouldNotFollowCausesInACircle() {
        Exception inner = new IOException("inner");
        Exception outer = new IOException("outer", inner);
        inner.initCause(outer);
        assertThat(Failures.answer(outer).reason()).isEqualTo(Reason.CONNECTION_LOST);
    }

    @Test
    void shouldKeepTheDetailShortAndOnOneLine() {
        String detail = Failures.answer(new IOException("evil\r\n\u0000" + "x".repeat(10_000)))
                .detail();
        assertThat(detail)
                .hasSizeLessThan(400)
                .doesNotContain("\r", "\n", "\u0000")
                .startsWith("evil");
    }
}
