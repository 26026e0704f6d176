package io.hookline.deploy.drills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hookline.deploy.embedded.EmbeddedStack;
import io.hookline.ops.Hookline;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drills of docs/operations.md, their commands taken from the page, against everything real. */
class OperationsPageIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    static Path home;

    private static ScriptedReceiver receiver;
    private static EmbeddedStack stack;
    private static EventProducer events;

    @BeforeAll
    static void start() {
        receiver = ScriptedReceiver.start();
        stack = EmbeddedStack.start(new EmbeddedStack.Options(null, 0, 0, 4), Map.of(), part -> {});
        Map<String, String> settings = new HashMap<>(stack.connection());
        settings.put("event.source", "/test");
        events = EventProducer.create(settings);
    }

    @AfterAll
    static void stop() {
        events.close();
        stack.close();
        receiver.close();
    }

    /** What a command of the page did. */
    private record Ran(int exitCode, String out, String err) {}

    @Test
    void shouldBringBackWhatDiedWhileAnEndpointWasDead() throws IOException {
        ScriptedEndpoint endpoint = receiver.endpoint("/crm", Scripts.failFirst(2, 500));
        apply("crm", endpoint, "eventTypes: [drill_dead]", "retrySchedule: 1s", "breaker: false");
        for (int i = 0; i < 5; i++) {
            emit("drill_dead", "{\"n\":" + i + "}");
        }
        await().atMost(SOON)
                .until(() ->
                        run("dead list --subscription crm --count --json").out().contains("\"deliveries\":5"));

        List<Ran> ran = drill("endpoint-dead");

        assertThat(ran).extracting(Ran::exitCode).containsOnly(ExitCode.OK);
        assertThat(ran.get(0).out()).contains("server_error");
        assertThat(ran.get(1).err()).contains("10 attempts in all");
        assertThat(ran.get(2).out()).isEqualTo("5 dead letters would be replayed\n");
        assertThat(ran.get(3).out()).startsWith("5 dead letters replayed as ");
        assertThat(ran.get(4).err()).contains("No dead letters.");
        assertThat(ran.get(5).out()).isEqualTo("0 dead letters replayed\n");
        endpoint.awaitCount(15, SOON);
        assertThat(endpoint.requests().subList(10, 15))
                .allMatch(request -> request.headers().stream()
                        .anyMatch(header -> header.name().equalsIgnoreCase("webhook-replay")));
    }

    @Test
    void shouldDeliverWhatAWrongFilterHadLeftOut() throws IOException {
        ScriptedEndpoint endpoint = receiver.endpoint("/vip", Scripts.ok());
        apply("vip", endpoint, "eventTypes: [drill_order]", "filter: {data: {amount: [{numeric: ['>', 1000]}]}}");
        for (int amount : new int[] {50, 150, 250, 2_000}) {
            emit("drill_order", "{\"amount\":" + amount + "}");
        }
        endpoint.awaitCount(1, SOON);
        document("vip", endpoint, "eventTypes: [drill_order]", "filter: {data: {amount: [{numeric: ['>', 100]}]}}");

        List<Ran> ran = drill("wrong-filter");

        assertThat(ran).extracting(Ran::exitCode).containsOnly(ExitCode.OK);
        assertThat(ran.get(0).out()).contains("vip: 3 of ");
        assertThat(ran.get(2).out()).contains("2 deliveries of ");
        assertThat(ran.get(3).out()).contains("2 deliveries of ");
        assertThat(ran.get(4).out()).contains("finished");
        endpoint.awaitCount(3, SOON);
        assertThat(endpoint.requests())
                .extracting(request -> request.bodyText().replaceAll(".*\"amount\":(\\d+).*", "$1"))
                .containsExactlyInAnyOrder("2000", "150", "250");
    }

    @Test
    void shouldShowWhatABadDeployWroteAndThatAllElseGoesOn() throws Exception {
        ScriptedEndpoint endpoint = receiver.endpoint("/bad", Scripts.ok());
        apply("bad", endpoint, "eventTypes: [drill_bad]");
        emit("drill_bad", "{\"n\":1}");
        endpoint.awaitCount(1, SOON);
        try (KafkaProducer<byte[], byte[]> raw = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>("events.drill_bad", "no event".getBytes(UTF_8)))
                    .get();
        }
        emit("drill_bad", "{\"n\":2}");
        endpoint.awaitCount(2, SOON);
        await().atMost(SOON).until(() -> run("pipeline list --json").out().contains("undecodable"));

        List<Ran> ran = drill("bad-deploy");

        assertThat(ran.get(0).out()).contains("undecodable", "drill_bad");
        assertThat(ran.get(1).exitCode()).as(ran.get(1).err()).isEqualTo(ExitCode.OK);
        assertThat(ran.get(1).out()).contains("router", "deliverer");
    }

    /** Runs the commands of a drill in the order of the page. */
    private static List<Ran> drill(String name) throws IOException {
        List<Ran> ran = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                inside = line.equals("```drill " + name);
            } else if (inside && line.startsWith("hookline ")) {
                Ran one = run(line.substring("hookline ".length()));
                assertThat(one.exitCode()).as(line + "\n" + one.err()).isEqualTo(ExitCode.OK);
                ran.add(one);
            }
        }
        assertThat(ran).as("commands of drill " + name).isNotEmpty();
        return ran;
    }

    private static Ran run(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            words.add(word.endsWith(".yaml") ? home.resolve(word).toString() : word);
        }
        words.addAll(List.of(
                "--bootstrap-server",
                stack.connection().get("bootstrap.servers"),
                "--registry-url",
                stack.connection().get("schema.registry.url")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                Map.of("HOME", home.toString())::get);
        int exitCode = Hookline.run(console, List.of(), words.toArray(String[]::new));
        return new Ran(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    private static void apply(String id, ScriptedEndpoint endpoint, String... lines) throws IOException {
        document(id, endpoint, lines);
        Ran applied = run("subscriptions apply " + id + ".yaml");
        assertThat(applied.exitCode()).as(applied.err()).isEqualTo(ExitCode.OK);
    }

    private static void document(String id, ScriptedEndpoint endpoint, String... lines) throws IOException {
        Files.writeString(
                home.resolve(id + ".yaml"),
                "id: " + id + "\ntenant: t\nurl: " + endpoint.url() + "\n" + String.join("\n", lines) + "\n");
    }

    private static void emit(String type, String data) {
        events.emit(Event.of(type, data).tenant("t")).join();
    }
}
