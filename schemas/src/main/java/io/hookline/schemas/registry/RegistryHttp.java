package io.hookline.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question to whichever address answers: tries them in turn from the one that answered last, sorts the answers, keeps the
 * circuit. Never blocks; futures complete on the HTTP client's threads.
 */
final class RegistryHttp {
    static final int BODY_BYTES_MAX = 4 << 20;
    static final int CALLS_MAX = 64;
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryConfig config;
    private final HttpClient http;
    private final LongSupplier nanos;
    private final Circuit circuit;
    private final Semaphore calls = new Semaphore(CALLS_MAX);
    private volatile int preferred;
    private volatile boolean closed;

    RegistryHttp(RegistryConfig config, LongSupplier nanos, long backoffMs) {
        this.config = config;
        this.nanos = nanos;
        this.circuit = new Circuit(backoffMs);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(config.connectTimeoutMs()));
        config.tls().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /**
     * Asks. Fails with a {@link RegistryException}, never anything else.
     *
     * @param what is asked for, for messages
     * @param usable what a 2xx answer has to look like; one that does not is no registry's, so the next address is asked
     */
    CompletableFuture<Answer> ask(
            String method, String path, @Nullable JsonNode body, String what, Predicate<JsonNode> usable) {
        if (closed) {
            return CompletableFuture.failedFuture(new RegistryException.Unreachable(
                    "the client of schema registry " + config.urls() + " is closed", null));
        }
        Optional<RegistryException> refusal = circuit.refusal(nanos.getAsLong());
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        if (!calls.tryAcquire()) {
            return CompletableFuture.failedFuture(new RegistryException.Unreachable(
                    CALLS_MAX + " calls to schema registry " + config.urls() + " are under way already; " + what
                            + " has to wait",
                    null));
        }
        return attempt(new Question(method, path, body == null ? null : body.toString(), what, usable), preferred, 1)
                .whenComplete((answer, failure) -> {
                    calls.release();
                    settle(failure);
                });
    }

    void close() {
        closed = true;
    }

    private void settle(@Nullable Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof RegistryException refused && refused.retryable()) {
            circuit.failed(nanos.getAsLong(), refused);
        } else {
            circuit.succeeded();
        }
    }

    private record Question(
            String method, String path, @Nullable String body, String what, Predicate<JsonNode> usable) {}

    private CompletableFuture<Answer> attempt(Question question, int at, int tried) {
        URI base = config.urls().get(at);
        return send(question, base)
                .handle((response, failure) -> outcome(question, base, response, failure))
                .thenCompose(outcome -> next(question, at, tried, outcome));
    }

    /** What one address came to: an answer, or a failure. */
    private record Outcome(
            @Nullable Answer answer, @Nullable RegistryException failure) {}

    private CompletableFuture<Answer> next(Question question, int at, int tried, Outcome outcome) {
        if (outcome.answer != null) {
            prefer(at);
            return CompletableFuture.completedFuture(outcome.answer);
        }
        RegistryException failure = Objects.requireNonNull(outcome.failure);
        return failure instanceof RegistryException.Unreachable && mayAskAgain(failure, tried)
                ? attempt(question, (at + 1) % config.urls().size(), tried + 1)
                : CompletableFuture.failedFuture(failure);
    }

    /**
     * Every address once, and one more try where a connection broke: an idle one that the other side had closed fails the first
     * request sent over it, and every question here may be asked twice.
     */
    private boolean mayAskAgain(RegistryException failure, int tried) {
        Throwable cause = failure.getCause();
        boolean severed = cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException)
                && !(cause instanceof BoundedBody.TooLong);
        int addresses = config.urls().size();
        return tried < addresses || (severed && tried == addresses);
    }

    private void prefer(int at) {
        int before = preferred;
        if (before != at) {
            preferred = at;
            LOG.warn(
                    "schema registry address changed: {} did not answer, {} does",
                    config.urls().get(before),
                    config.urls().get(at));
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> send(Question question, URI base) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + question.path()))
                .header("Accept", CONTENT_TYPE + ", application/json")
                .method(
                        question.method(),
                        question.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(question.body()));
        if (question.body() != null) {
            request.header("Content-Type", CONTENT_TYPE);
        }
        config.authorization().ifPresent(value -> request.header("Authorization", value));
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request.build(), BoundedBody.handler(BODY_BYTES_MAX));
        CompletableFuture<HttpResponse<byte[]>> timed =
                sent.copy().orTimeout(config.readTimeoutMs(), TimeUnit.MILLISECONDS);
        return timed.whenComplete((response, failure) -> {
            if (failure instanceof TimeoutException) {
                sent.cancel(true);
            }
        });
    }

    private Outcome outcome(
            Question question, URI base, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (response == null) {
            return new Outcome(null, unanswered(question, base, failure));
        }
        int status = response.statusCode();
        JsonNode body = json(response.body());
        if (body != null && status / 100 == 2 && question.usable.test(body)) {
            return new Outcome(new Answer(base, true, body), null);
        }
        if (body != null && status == 404 && body.path("error_code").asInt(0) / 100 == 404) {
            return new Outcome(new Answer(base, false, body), null);
        }
        return new Outcome(null, refusal(question, base, status, response.body()));
    }

    private RegistryException refusal(Question question, URI base, int status, byte[] body) {
        String said = "schema registry " + base + " answered " + status + " to " + question.what() + ": "
                + Answer.excerpt(new String(body, 0, Math.min(body.length, 4096), UTF_8));
        return switch (status) {
            case 401, 403 ->
                new RegistryException.AuthRefused(
                        said + ". Check " + RegistrySettings.BASIC_USER_INFO + " or " + RegistrySettings.BEARER_TOKEN
                                + ", and what that user may do.",
                        null);
            case 409 ->
                new RegistryException.Refused(
                        status,
                        said
                                + ". The schema is incompatible with the subject's versions: change it compatibly, or use another"
                                + " subject.");
            case 422 -> new RegistryException.Refused(status, said + ". Mend the schema, subject or version.");
            case 404 ->
                new RegistryException.Unreachable(
                        said + ". That is no registry's answer: is " + RegistrySettings.URL + " its base address?",
                        null);
            default ->
                new RegistryException.Unreachable(
                        said
                                + (status / 100 == 2
                                        ? ". That is no registry's answer: is " + RegistrySettings.URL
                                                + " its base address?"
                                        : ""),
                        null);
        };
    }

    private static RegistryException unanswered(Question question, URI base, @Nullable Throwable failure) {
        Throwable cause = unwrap(failure);
        String why = cause instanceof TimeoutException ? "no whole answer in time" : String.valueOf(cause);
        return new RegistryException.Unreachable(
                "schema registry " + base + " cannot be asked for " + question.what() + ": " + Answer.excerpt(why)
                        + ". Is it running and " + RegistrySettings.URL + " right?",
                cause);
    }

    private static @Nullable JsonNode json(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Throwable unwrap(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? new IllegalStateException("no failure") : cause;
    }
}
