package io.hookline.deliverer.http;

import io.hookline.avro.Reason;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.OAuthClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that needs a token first. Where there is none, it ends with {@link Reason#AUTH_FAILED} and nothing was sent: that is not the
 * endpoint's doing. Where the endpoint answers 401 the token is renewed and the request sent once more, within the same time.
 */
final class AuthorizedSending implements Sending {
    private static final int UNAUTHORIZED = 401;

    private final OutboundRequest request;
    private final OAuthClient client;
    private final Tokens tokens;
    private final int keepMax;
    private final Tokens.Sender sender;
    private final Consumer<Answer> report;
    private final AtomicBoolean isReported = new AtomicBoolean();
    private @Nullable Sending first;
    private @Nullable Sending second;
    private boolean isWaiting;
    private boolean isExpired;

    AuthorizedSending(
            OutboundRequest request,
            OAuthClient client,
            Tokens tokens,
            int keepMax,
            Tokens.Sender sender,
            Consumer<Answer> report) {
        this.request = request;
        this.client = client;
        this.tokens = tokens;
        this.keepMax = keepMax;
        this.sender = sender;
        this.report = report;
    }

    AuthorizedSending start() {
        obtain(true);
        return this;
    }

    private void obtain(boolean isFirst) {
        synchronized (this) {
            isWaiting = true;
        }
        CompletableFuture<Tokens.Token> token = tokens.get(client);
        var unused = token.thenAccept(ready -> obtained(ready, token, isFirst));
    }

    private void obtained(Tokens.Token ready, CompletableFuture<Tokens.Token> token, boolean isFirst) {
        boolean isTooLate;
        synchronized (this) {
            isWaiting = false;
            isTooLate = isExpired;
        }
        String authorization = ready.authorization();
        if (isTooLate) {
            tell(unsent("no access token for " + client + " within the attempt's time"));
            return;
        } else if (authorization == null) {
            tell(unsent("no access token for " + client + ": " + ready.failure()));
            return;
        }
        Sending sending = sender.send(request.with("Authorization", authorization), keepMax, answer -> {
            if (isFirst && answer instanceof Answer.Response response && response.status() == UNAUTHORIZED) {
                tokens.refused(client, token);
                obtain(false);
            } else {
                tell(answer);
            }
        });
        keep(sending, isFirst);
    }

    /** It may have been answered already, and the second be under way. */
    private void keep(Sending sending, boolean isFirst) {
        boolean isTooLate;
        synchronized (this) {
            first = isFirst ? sending : first;
            second = isFirst ? second : sending;
            isTooLate = isExpired;
        }
        if (isTooLate) {
            sending.expire();
        }
    }

    @Override
    public void expire() {
        Sending[] sent;
        boolean hasWaited;
        synchronized (this) {
            isExpired = true;
            hasWaited = isWaiting;
            sent = new Sending[] {first, second};
        }
        if (hasWaited) {
            tell(unsent("no access token for " + client + " within the attempt's time"));
        }
        for (Sending sending : sent) {
            if (sending != null) {
                sending.expire();
            }
        }
    }

    private static Answer.Failure unsent(String why) {
        return new Answer.Failure(Reason.AUTH_FAILED, why);
    }

    private void tell(Answer answer) {
        if (isReported.compareAndSet(false, true)) {
            report.accept(answer);
        }
    }
}
