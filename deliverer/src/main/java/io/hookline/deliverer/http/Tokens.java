package io.hookline.deliverer.http;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import io.hookline.deliverer.answer.Answer;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.endpoint.OAuthClient;
import io.hookline.schemas.PlainText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens by client credentials (RFC 6749, 4.4), remembered until shortly before they end. They are asked for over the same client as
 * everything else, so within the same limits of where it may connect, and without blocking anybody; once at a time for a client. A server
 * that is down or refuses is asked again after a moment.
 *
 * <p>Thread-safe. Bounded: so many clients remembered.
 */
final class Tokens implements AutoCloseable {
    /** How long a token is waited for, in milliseconds. */
    static final long ANSWER_MS_MAX = 10_000;

    /** How long after a failure the next question comes at the earliest, in milliseconds. */
    static final long FAILED_MS = 1_000;

    /** A token is renewed when a tenth of its life is left, or this many milliseconds if that is less. */
    static final long RENEWED_MS_MAX = 60_000;

    /** Where the server does not say how long a token lives, in milliseconds. */
    static final long LIFE_MS = 300_000;

    /** It becomes a header, so it may hold nothing that ends one. */
    private static final Pattern BEARER = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private static final int CLIENTS_MAX = 10_000;
    private static final int DETAIL_CHARS_MAX = 200;

    /** What was answered; exactly one of the first two is there. */
    record Token(@Nullable String authorization, @Nullable String failure, long renewAtMs) {}

    private final Sender sender;
    private final NameResolver names;
    private final LongSupplier nowMs;
    private final Map<OAuthClient, CompletableFuture<Token>> known = new ConcurrentHashMap<>();

    /** Sends a request without a token. */
    interface Sender {
        Sending send(OutboundRequest request, int keepMax, Consumer<Answer> report);
    }

    Tokens(Sender sender, NameResolver names, LongSupplier nowMs) {
        this.sender = sender;
        this.names = names;
        this.nowMs = nowMs;
    }

    /** The client's token now, or as soon as there is one. Never ends badly and never waits longer than {@link #ANSWER_MS_MAX}. */
    CompletableFuture<Token> get(OAuthClient client) {
        CompletableFuture<Token> current = known.get(client);
        if (current != null && (!current.isDone() || current.join().renewAtMs() > nowMs.getAsLong())) {
            return current;
        }
        CompletableFuture<Token> next = new CompletableFuture<>();
        CompletableFuture<Token> winner = known.merge(client, next, (now, mine) -> now == current ? mine : now);
        if (winner == next) {
            makeRoom();
            fetch(client, next);
        }
        return winner;
    }

    /** The endpoint does not take that token: the next who asks gets another. */
    void refused(OAuthClient client, CompletableFuture<Token> token) {
        known.remove(client, token);
    }

    /** Nobody waits any longer. */
    @Override
    public void close() {
        Token closed = failed("the client was closed");
        known.values().forEach(token -> token.complete(closed));
    }

    private void makeRoom() {
        if (known.size() > CLIENTS_MAX) {
            long now = nowMs.getAsLong();
            known.values().removeIf(token -> token.isDone() && token.join().renewAtMs() <= now);
        }
    }

    private void fetch(OAuthClient client, CompletableFuture<Token> token) {
        token.completeOnTimeout(
                failed("the token server did not answer within " + ANSWER_MS_MAX + " ms"),
                ANSWER_MS_MAX,
                TimeUnit.MILLISECONDS);
        NameResolver.Lookup lookup = names.lookup(client.tokenUrl().host(), () -> send(client, token));
        if (!(lookup instanceof NameResolver.Lookup.Pending)) {
            send(client, token);
        }
    }

    private void send(OAuthClient client, CompletableFuture<Token> token) {
        try {
            Sending sending =
                    sender.send(request(client), Answer.READ_BYTES_MAX, answer -> token.complete(read(answer)));
            var unused = token.whenComplete((ended, never) -> sending.expire());
        } catch (RuntimeException e) {
            token.complete(failed(String.valueOf(e.getMessage())));
        }
    }

    private static OutboundRequest request(OAuthClient client) {
        EndpointUrl url = client.tokenUrl();
        URI uri = URI.create(url.scheme() + "://" + url.host() + ":" + url.port() + url.path());
        Scope scope =
                client.scopes().isEmpty() ? null : new Scope(client.scopes().toArray(String[]::new));
        HTTPRequest built = new TokenRequest(
                        uri,
                        new ClientSecretBasic(new ClientID(client.id()), new Secret(client.secret())),
                        new ClientCredentialsGrant(),
                        scope)
                .toHTTPRequest();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Authorization", built.getAuthorization()));
        headers.add(Map.entry("Accept", "application/json"));
        byte[] body = built.getBody().getBytes(StandardCharsets.UTF_8);
        return new OutboundRequest(url, headers, body, "application/x-www-form-urlencoded");
    }

    private Token read(Answer answer) {
        if (answer instanceof Answer.Failure failure) {
            return failed(failure.detail());
        }
        Answer.Response response = (Answer.Response) answer;
        try {
            HTTPResponse http = new HTTPResponse(response.status());
            http.setHeader("Content-Type", "application/json");
            http.setBody(new String(response.body(), StandardCharsets.UTF_8));
            TokenResponse parsed = TokenResponse.parse(http);
            return parsed.indicatesSuccess()
                    ? token(parsed.toSuccessResponse().getTokens().getAccessToken())
                    : failed("the token server answered " + response.status() + " "
                            + parsed.toErrorResponse().getErrorObject().getCode());
        } catch (ParseException | RuntimeException e) {
            // Its text may quote the answer, and with it a token.
            return failed("the token server answered " + response.status() + " with something that is no token");
        }
    }

    private Token token(AccessToken token) {
        if (!AccessTokenType.BEARER.equals(token.getType())
                || !BEARER.matcher(token.getValue()).matches()) {
            return failed(
                    "the token server gave a token that cannot be sent: a bearer token of visible ASCII is expected");
        }
        long lifeMs = token.getLifetime() > 0 ? TimeUnit.SECONDS.toMillis(token.getLifetime()) : LIFE_MS;
        long early = Math.min(RENEWED_MS_MAX, lifeMs / 10);
        return new Token("Bearer " + token.getValue(), null, nowMs.getAsLong() + lifeMs - early);
    }

    private Token failed(String why) {
        return new Token(null, PlainText.oneLine(why, DETAIL_CHARS_MAX), nowMs.getAsLong() + FAILED_MS);
    }
}
