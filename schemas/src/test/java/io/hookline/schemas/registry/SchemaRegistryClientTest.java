package io.hookline.schemas.registry;

import static io.hookline.schemas.registry.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.registry.RegistryException.AuthRefused;
import io.hookline.schemas.registry.RegistryException.Refused;
import io.hookline.schemas.registry.RegistryException.UnknownSchema;
import io.hookline.schemas.registry.RegistryException.Unreachable;
import io.hookline.schemas.registry.RegistryException.UnusableSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SchemaRegistryClientTest {
    private static final String STRING = "{\"type\":\"string\"}";
    private static final String INT = "{\"type\":\"int\"}";

    private final ScriptedRegistry server = new ScriptedRegistry();
    private final List<SchemaRegistryClient> clients = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void stop() {
        clients.forEach(SchemaRegistryClient::close);
        server.close();
    }

    private SchemaRegistryClient client(Map<String, ?> more) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", server.url()));
        config.putAll(more);
        SchemaRegistryClient client = new SchemaRegistryClient(RegistryConfig.of(config), nanos::get, 3);
        clients.add(client);
        return client;
    }

    private SchemaRegistryClient client() {
        return client(Map.of());
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Schema record(String name) {
        return SchemaBuilder.record(name)
                .namespace("t")
                .fields()
                .requiredInt("a")
                .endRecord();
    }

    @Test
    void shouldRegisterOnceAndReadBack() {
        SchemaRegistryClient client = client();
        Schema schema = record("R");

        int id = client.register("s-value", schema);

        assertThat(client.register("s-value", schema)).isEqualTo(id);
        assertThat(server.asked()).containsExactly("POST /subjects/s-value/versions");
        assertThat(client().byId(id)).isEqualTo(schema);
        assertThat(client.versions("s-value")).containsExactly(1);
        RegisteredSchema registered = new RegisteredSchema("s-value", 1, id, schema);
        assertThat(client.latest("s-value")).contains(registered);
        assertThat(client.version("s-value", 1)).contains(registered);
        assertThat(client.lookup("s-value", schema)).contains(registered);
    }

    @Test
    void shouldAnswerEmptyForWhatIsNotThere() {
        SchemaRegistryClient client = client();
        server.put("s", STRING);

        assertThat(client.versions("nobody")).isEmpty();
        assertThat(client.latest("nobody")).isEmpty();
        assertThat(client.version("s", 2)).isEmpty();
        assertThat(client.lookup("s", record("R"))).isEmpty();
    }

    @Test
    void shouldEncodeSubjectsForThePath() {
        SchemaRegistryClient client = client();

        client.register("a/b c+d?é", record("R"));

        assertThat(server.asked()).containsExactly("POST /subjects/a%2Fb%20c%2Bd%3F%C3%A9/versions");
        assertThat(client.versions("a/b c+d?é")).containsExactly(1);
    }

    @Test
    void shouldCallAnUnknownIdPoisonAndAskAgainOnlyAfterTwoSeconds() {
        SchemaRegistryClient client = client();
        assertThatThrownBy(() -> client.byId(1))
                .isInstanceOf(UnknownSchema.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("schema id 1")
                .hasMessageContaining("Schema 1 not found")
                .extracting(e -> ((RegistryException) e).poison())
                .isEqualTo(true);
        server.put("s", STRING);

        later(Duration.ofMillis(1_999));
        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(UnknownSchema.class);
        assertThat(server.asked()).hasSize(1);

        later(Duration.ofMillis(1));
        assertThat(client.byId(1)).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>no such page</html>",
                "",
                "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
                "[]",
                "{\"message\":\"route not found\"}"
            })
    void shouldNotCallSomebodyElsesNotFoundPoison(String body) {
        server.script(exchange -> {
            answer(exchange, 404, body);
            return true;
        });

        assertThatThrownBy(() -> client().byId(1))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("no registry's answer")
                .hasMessageContaining("schema.registry.url")
                .matches(e -> !((RegistryException) e).poison() && ((RegistryException) e).retryable());
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "429", "400", "301", "204", "200"})
    void shouldKeepTheRecordWhenTheAnswerIsNoAnswer(int status) {
        server.script(exchange -> {
            answer(exchange, status, status == 204 ? "" : "oops\u0007\n\n");
            return true;
        });

        assertThatThrownBy(() -> client().byId(1))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("schema id 1")
                .hasMessageContaining(String.valueOf(status))
                .message()
                .doesNotContain("\n", "\u0007");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"schema\":7}",
                "{\"schema\":null}",
                "null",
                "[1]",
                "\"x\"",
                "{\"schema\":\"x\"} trailing is ignored",
                "{"
            })
    void shouldNotTakeGarbageForASchema(String body) {
        server.script(exchange -> {
            answer(exchange, 200, body);
            return true;
        });

        assertThatThrownBy(() -> client().byId(1)).isInstanceOfAny(Unreachable.class, UnusableSchema.class);
    }

    @Test
    void shouldNotTakeGarbageForAnIdOrVersions() {
        server.script(exchange -> {
            answer(exchange, 200, "{\"id\":\"1\"}");
            return true;
        });
        SchemaRegistryClient client = client();

        assertThatThrownBy(() -> client.register("s", record("R")))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("schema.registry.url");
        later(Duration.ofSeconds(1));
        assertThatThrownBy(() -> client.versions("s")).isInstanceOf(Unreachable.class);
        later(Duration.ofSeconds(1));
        assertThatThrownBy(() -> client.latest("s")).isInstanceOf(Unreachable.class);
        assertThatThrownBy(() -> client.latest("s")).hasMessageContaining("not asked again");
        assertThat(server.asked()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"syntax = proto3\",\"schemaType\":\"PROTOBUF\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}",
                "{\"schema\":\"\"}",
                "{\"schema\":\"\\\"t.NotThere\\\"\"}"
            })
    void shouldCallASchemaItCannotUsePoison(String body) {
        server.script(exchange -> {
            answer(exchange, 200, body);
            return true;
        });

        assertThatThrownBy(() -> client().byId(9))
                .isInstanceOf(UnusableSchema.class)
                .hasMessageContaining("schema id 9")
                .matches(e -> ((RegistryException) e).poison());
    }

    @Test
    void shouldSurviveASchemaNestedWithoutEnd() {
        int depth = 20_000;
        String nested = "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(depth) + "\\\"int\\\"" + "}".repeat(depth);
        server.script(exchange -> {
            answer(exchange, 200, "{\"schema\":\"" + nested + "\"}");
            return true;
        });

        assertThatThrownBy(() -> client().byId(1)).isInstanceOf(UnusableSchema.class);
    }

    @Test
    void shouldReadSchemasWithNamesOtherLanguagesAllow() {
        server.put(
                "s",
                "{\"type\":\"record\",\"name\":\"my-event\",\"fields\":[{\"name\":\"a-b\",\"type\":\"int\",\"default\":\"x\"}]}");

        assertThat(client().byId(1).getField("a-b")).isNotNull();
    }

    @Test
    void shouldGiveUpOnAnEndlessBody() {
        CountDownLatch cut = new CountDownLatch(1);
        server.script(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            try (var body = exchange.getResponseBody()) {
                for (long sent = 0; sent < (1L << 30); sent += chunk.length) {
                    body.write(chunk);
                }
            } catch (IOException e) {
                cut.countDown();
            }
            return true;
        });

        assertThatThrownBy(() -> client().byId(1))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("more than 4194304 bytes");
        assertThat(cut)
                .satisfies(
                        latch -> assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue());
    }

    @Test
    void shouldGiveUpOnSilenceAndOnATrickle() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        SchemaRegistryClient client = client(Map.of("http.read.timeout.ms", "200"));
        server.script(exchange -> {
            awaitQuietly(release);
            return false;
        });
        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(Unreachable.class).hasMessageContaining("in time");

        later(Duration.ofSeconds(2));
        server.script(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly(release);
            return true;
        });
        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(Unreachable.class).hasMessageContaining("in time");
        release.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldNotHammerARegistryThatIsDown() {
        SchemaRegistryClient client = client();
        server.put("s", STRING);
        server.script(exchange -> {
            answer(exchange, 503, "starting");
            return true;
        });
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> client.byId(1))
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("503");
        }
        assertThat(server.asked()).hasSize(1);

        later(Duration.ofSeconds(1));
        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(Unreachable.class);
        assertThatThrownBy(() -> client.byId(1))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("not asked again");
        assertThat(server.asked()).hasSize(2);

        server.behave();
        later(Duration.ofSeconds(1));
        assertThat(client.byId(1)).isNotNull();
    }

    @Test
    void shouldServeWhatIsCachedWhileTheRegistryIsDown() {
        SchemaRegistryClient client = client();
        server.put("s", STRING);
        client.byId(1);
        server.close();

        assertThat(client.byId(1)).isNotNull();
        assertThat(client.cached(1)).isPresent();
        assertThatThrownBy(() -> client.byId(2))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("Is it running");
    }

    @Test
    void shouldFailOverAndStayWithTheAddressThatAnswers() {
        ScriptedRegistry dead = new ScriptedRegistry();
        dead.close();
        server.put("s", STRING);
        server.put("s", INT);
        SchemaRegistryClient client = client(Map.of("schema.registry.url", dead.url() + ", " + server.url() + "/"));

        assertThat(client.byId(1)).isNotNull();
        assertThat(client.byId(2)).isNotNull();
        assertThat(client.register("s", record("R"))).isEqualTo(3);
    }

    @Test
    void shouldFailOverFromAnAddressThatAnswersNonsense() {
        try (ScriptedRegistry sick = new ScriptedRegistry()) {
            sick.script(exchange -> {
                answer(exchange, 200, sick.asked().size() % 2 == 0 ? "<html>" : "{}");
                return true;
            });
            server.put("s", STRING);
            server.put("s", INT);
            SchemaRegistryClient client = client(Map.of("schema.registry.url", sick.url() + "," + server.url()));

            client.byId(1);
            client.byId(2);

            assertThat(sick.asked()).hasSize(1);
            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void shouldAskOnceMoreWhereTheConnectionBreaks() {
        AtomicInteger breaks = new AtomicInteger(1);
        server.script(exchange -> {
            boolean broken = breaks.getAndDecrement() > 0;
            if (broken) {
                exchange.close();
            }
            return broken;
        });
        SchemaRegistryClient client = client();

        assertThat(client.register("s", record("R"))).isEqualTo(1);
        assertThat(server.asked()).hasSize(2);

        breaks.set(1_000);
        assertThatThrownBy(() -> client.register("s", record("S"))).isInstanceOf(Unreachable.class);
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void shouldNotAskTheNextAddressWhenTheFirstSaysNo() {
        try (ScriptedRegistry other = new ScriptedRegistry()) {
            SchemaRegistryClient client = client(Map.of("schema.registry.url", server.url() + "," + other.url()));

            assertThatThrownBy(() -> client.byId(7)).isInstanceOf(UnknownSchema.class);

            assertThat(other.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldSayWhenCredentialsAreRefused(int status) {
        server.script(exchange -> {
            answer(exchange, status, "{\"error_code\":" + status + ",\"message\":\"no\"}");
            return true;
        });
        SchemaRegistryClient client = client(Map.of("basic.auth.user.info", "me:secret"));

        assertThatThrownBy(() -> client.byId(1))
                .isInstanceOf(AuthRefused.class)
                .hasMessageContaining("basic.auth.user.info")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> client.byId(1))
                .isInstanceOf(AuthRefused.class)
                .hasMessageContaining("not asked again");
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"409,incompatible", "422,Mend the schema"})
    void shouldSayWhyARegistrationIsRefused(int status, String mend) {
        server.script(exchange -> {
            answer(exchange, status, "{\"error_code\":" + status + ",\"message\":\"because\"}");
            return true;
        });
        SchemaRegistryClient client = client();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> client.register("s", record("R")))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.status()).isEqualTo(status))
                    .hasMessageContaining("subject \"s\"")
                    .hasMessageContaining("because")
                    .hasMessageContaining(mend);
        }
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void shouldOnlyLookUpWhereItMustNotRegister() {
        SchemaRegistryClient client = client(Map.of("auto.register.schemas", "false"));
        Schema schema = record("R");

        assertThatThrownBy(() -> client.idFor("s", schema))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("auto.register.schemas")
                .hasMessageContaining("subject \"s\"");
        int id = server.put("s", schema.toString());
        assertThat(client.idFor("s", schema)).isEqualTo(id);
        assertThat(client.idFor("s", schema)).isEqualTo(id);
        assertThat(server.asked()).hasSize(2).allMatch("POST /subjects/s"::equals);
    }

    @Test
    void shouldAskOnceForManyWhoWantTheSameSchema() throws Exception {
        server.put("s", STRING);
        CountDownLatch release = new CountDownLatch(1);
        server.script(exchange -> {
            awaitQuietly(release);
            return false;
        });
        SchemaRegistryClient client = client();
        List<CompletableFuture<Schema>> futures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            futures.add(client.fetch(1));
        }
        futures.get(0).cancel(true);
        futures.get(1).completeExceptionally(new IllegalStateException("a caller's own business"));
        assertThat(client.cached(1)).isEmpty();
        release.countDown();

        for (CompletableFuture<Schema> future : futures.subList(2, 100)) {
            assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo(Schema.create(Schema.Type.STRING));
        }
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void shouldRefuseMoreCallsThanItMayHaveUnderWay() {
        CountDownLatch release = new CountDownLatch(1);
        server.script(exchange -> {
            awaitQuietly(release);
            return false;
        });
        SchemaRegistryClient client = client();
        List<CompletableFuture<Schema>> futures = new ArrayList<>();
        for (int id = 1; id <= RegistryHttp.CALLS_MAX; id++) {
            futures.add(client.fetch(id));
        }

        assertThat(client.fetch(1_000))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(Unreachable.class)
                .withMessageContaining("under way");

        release.countDown();
        futures.forEach(future -> assertThat(future).failsWithin(Duration.ofSeconds(20)));
        server.put("s", STRING);
        later(Duration.ofSeconds(3));
        assertThat(client.byId(1)).isNotNull();
    }

    @Test
    void shouldForgetTheOldestBeyondItsLimit() {
        SchemaRegistryClient client = client();
        for (int i = 1; i <= 4; i++) {
            server.put("s", record("R" + i).toString());
            client.byId(i);
        }

        assertThat(client.cached(1)).isEmpty();
        assertThat(client.cached(4)).isPresent();
        assertThat(client.byId(1)).isNotNull();
    }

    @Test
    void shouldLetABlockedCallerBeInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        server.script(exchange -> {
            asked.countDown();
            awaitQuietly(release);
            return false;
        });
        SchemaRegistryClient client = client();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                client.byId(1);
            } catch (InterruptException e) {
                thrown.set(e);
            }
        });
        caller.start();
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();
        caller.join(20_000);

        assertThat(thrown.get()).isInstanceOf(InterruptException.class);
        release.countDown();
    }

    @Test
    void shouldAskNothingOnceClosed() {
        SchemaRegistryClient client = client();
        client.close();

        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(Unreachable.class).hasMessageContaining("closed");
        assertThat(server.asked()).isEmpty();
    }
}
