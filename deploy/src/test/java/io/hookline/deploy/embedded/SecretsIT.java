package io.hookline.deploy.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.standardwebhooks.Webhook;
import io.hookline.deliverer.Deliverer;
import io.hookline.deliverer.reach.Reach;
import io.hookline.ops.Hookline;
import io.hookline.ops.cli.Console;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.producer.Event;
import io.hookline.producer.EventProducer;
import io.hookline.testkit.receiver.ReceivedRequest;
import io.hookline.testkit.receiver.ScriptedEndpoint;
import io.hookline.testkit.receiver.ScriptedReceiver;
import io.hookline.testkit.receiver.Scripts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A subscription full of secrets, from registration to replay, with a keyset: everything that is written anywhere is searched for them, in every form they
 * could take. Who registers has the public keyset only.
 */
class SecretsIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "hush-hush-signing-key-of-36-bytes-xx";
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8));
    private static final String TOKEN = "Bearer hush-token-0123456789";

    @TempDir
    private Path dir;

    private final StringBuilder printed = new StringBuilder();
    private Path config;

    private String run(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--command-config", config.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, UTF_8);
        Console console =
                new Console(new ByteArrayInputStream(input.getBytes(UTF_8)), stream, stream, false, name -> null);
        Hookline.run(console, List.of(), all.toArray(String[]::new));
        printed.append(out.toString(UTF_8));
        return out.toString(UTF_8);
    }

    private static String keyset(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, UTF_8);
        String[] arguments = new String[words.length + 1];
        arguments[0] = "keyset";
        for (int i = 0; i < words.length; i++) {
            arguments[i + 1] = words[i].toString();
        }
        Console console = new Console(new ByteArrayInputStream(new byte[0]), stream, stream, false, name -> null);
        assertThat(Hookline.run(console, List.of(), arguments))
                .as(out.toString(UTF_8))
                .isZero();
        return out.toString(UTF_8);
    }

    @Test
    void shouldWriteNoSecretAnywhereAndWaitWhereTheKeyIsMissing() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("io.hookline");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        ours.setLevel(Level.DEBUG);
        Path ownerKeyset = dir.resolve("private.json");
        Path writerKeyset = dir.resolve("public.json");
        printed.append(keyset("create", ownerKeyset));
        printed.append(keyset("public", ownerKeyset, writerKeyset));
        try (ScriptedReceiver receiver = ScriptedReceiver.start();
                EmbeddedStack stack =
                        EmbeddedStack.start(new EmbeddedStack.Options(null, 0, 0, 2), Map.of(), part -> {});
                KafkaConnection kafka = KafkaConnection.open(stack.connection())) {
            ScriptedEndpoint endpoint = receiver.endpoint("/crm", Scripts.ok());
            StringBuilder lines = new StringBuilder();
            stack.connection().forEach((key, value) -> lines.append(key + "=" + value + "\n"));
            config = Files.writeString(
                    dir.resolve("ops.properties"), lines + "secrets.keyset.file=" + writerKeyset + "\n");
            String document = "id: crm\ntenant: t\nurl: " + endpoint.url()
                    + "\neventTypes: [order]\nretrySchedule: 1s\nbreaker: false\n" + "signing: " + SECRET
                    + "\nheaders: {Authorization: " + TOKEN + "}\n";
            assertThat(run(document, "subscriptions", "apply", "-")).contains("crm created");

            Map<String, String> service = new HashMap<>(stack.connection());
            service.put("event.source", "/shop");
            try (EventProducer events = EventProducer.create(service)) {
                events.emit(Event.of("order", "{\"n\":1}").tenant("t")).join();
                await().atMost(SOON)
                        .until(() -> stack.deliverer().stats().parked().sum() == 1);
                assertThat(endpoint.count()).isZero();
                stack.deliverer().close();

                Map<String, String> settings = new HashMap<>(stack.connection());
                settings.put("secrets.keyset.file", ownerKeyset.toString());
                settings.put(Reach.SCHEMES, "http");
                settings.put(Reach.PORTS, "1-65535");
                settings.put(Reach.NETWORKS, "127.0.0.0/8");
                try (Deliverer ignored = Deliverer.start(settings)) {
                    verify(endpoint.awaitCount(1, SOON).get(0));
                    endpoint.script(Scripts.status(500));
                    events.emit(Event.of("order", "{\"n\":2}").tenant("t")).join();
                    await().atMost(SOON)
                            .until(() -> run("", "dead", "list", "--json").contains("\"crm\""));
                    endpoint.script(Scripts.ok());
                    run("", "dead", "replay", "--subscription", "crm");
                    await().atMost(SOON).until(() -> endpoint.answeredWith(200) == 2);
                    lookAtEverything(ownerKeyset);
                }
            }
            assertFreeOfSecrets("the topics", bytesOfAllTopics(kafka));
        } finally {
            root.detachAppender(logged);
            ours.setLevel(null);
        }
        assertFreeOfSecrets("what commands print", printed.toString());
        StringBuilder log = new StringBuilder();
        List.copyOf(logged.list).forEach(event -> {
            log.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                log.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        });
        assertThat(log.toString())
                .contains("no keyset is configured")
                .contains("deliveries wait, a secret cannot be decrypted: subscription=crm");
        assertFreeOfSecrets("the log", log.toString());
    }

    private void lookAtEverything(Path ownerKeyset) throws Exception {
        String shown = run("", "subscriptions", "show", "crm");
        assertThat(shown).contains("whsec_****", "Authorization: '****'");
        assertThat(run(shown.substring(shown.indexOf("id: ")), "subscriptions", "apply", "-"))
                .contains("crm unchanged");
        run("", "subscriptions", "show", "crm", "--json", "--show-secrets");
        run("", "subscriptions", "list", "--json");
        run("", "subscriptions", "rotate-secret", "crm");
        run("", "subscriptions", "ping", "crm");
        run("", "pipeline", "list", "--json");
        assertThat(run("", "subscriptions", "reencrypt")).contains("All secrets are encrypted");

        Path both = dir.resolve("both.json");
        keyset("add-key", ownerKeyset, both);
        Files.writeString(
                config, Files.readString(config).replaceAll("(?m)^secrets.*$", "secrets.keyset.file=" + both));
        assertThat(run("", "subscriptions", "reencrypt", "--dry-run")).contains("crm would be encrypted anew");
        assertThat(run("", "subscriptions", "reencrypt")).contains("crm encrypted anew");
        assertThat(run("", "subscriptions", "reencrypt")).contains("All secrets are encrypted");
    }

    private static void verify(ReceivedRequest request) throws Exception {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach(field -> headers.put(field.name(), List.of(field.value())));
        new Webhook(SECRET).verify(request.bodyText(), HttpHeaders.of(headers, (name, value) -> true));
        assertThat(request.header("Authorization")).hasValue(TOKEN);
    }

    private static String bytesOfAllTopics(KafkaConnection kafka) throws Exception {
        StringBuilder all = new StringBuilder();
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.listTopics()
                    .values()
                    .forEach(topic ->
                            topic.forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition()))));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    append(all, record.key());
                    append(all, record.value());
                    record.headers().forEach(header -> append(all, header.value()));
                }
            }
        }
        assertThat(all.toString()).contains("crm", "\"n\":2");
        return all.toString();
    }

    private static void append(StringBuilder all, byte[] bytes) {
        if (bytes != null) {
            all.append(new String(bytes, ISO_8859_1)).append('\n');
        }
    }

    /** As bytes, as text, and in base 64 at any of its three alignments. */
    private static void assertFreeOfSecrets(String where, String text) {
        for (String secret : List.of(KEY, TOKEN, "hush")) {
            boolean found = text.contains(secret);
            for (int shift = 0; shift < 3; shift++) {
                byte[] bytes = ("x".repeat(shift) + secret).getBytes(UTF_8);
                String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
                String middle = encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 2);
                found |= middle.length() > 8 && text.contains(middle);
            }
            assertThat(found).as("%s hold a secret", where).isFalse();
        }
    }
}
