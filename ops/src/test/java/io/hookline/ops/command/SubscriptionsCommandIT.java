package io.hookline.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Instance;
import io.hookline.avro.InstanceRole;
import io.hookline.ops.CommandLineFixture;
import io.hookline.ops.CommandLineFixture.Ran;
import io.hookline.ops.OpsKafka;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.router.Router;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class SubscriptionsCommandIT {
    private static final String CRM = """
            id: crm
            tenant: acme
            url: https://crm.example/hooks
            eventTypes: [user_register]
            headers: {Authorization: Bearer s3cret, X-Env: test}
            """;

    @TempDir
    Path home;

    private OpsKafka ops;
    private CommandLineFixture hookline;

    @BeforeEach
    void open(KafkaSpace space) {
        ops = new OpsKafka(space, 4);
        hookline = CommandLineFixture.of(ops, home);
    }

    @AfterEach
    void close() {
        ops.close();
    }

    @Test
    void shouldApplyListShowPauseResumeAndDelete() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM + "---\n" + CRM.replace("id: crm", "id: crm2"));

        Ran applied = hookline.run("subscriptions", "apply", file.toString());
        Ran again = hookline.run("subscriptions", "apply", file.toString());
        Ran list = hookline.run("subscriptions", "list", "--tenant", "acme");
        Ran json = hookline.run("subscriptions", "list", "--json", "--event-type", "other");
        Ran paused = hookline.run("subscriptions", "pause", "crm", "nobody");
        Ran onlyPaused = hookline.run("subscriptions", "list", "--status", "paused");
        Ran resumed = hookline.run("subscriptions", "resume", "crm", "--json");
        Ran dry = hookline.run("subscriptions", "delete", "crm", "--dry-run");
        Ran deleted = hookline.run("subscriptions", "delete", "crm");
        Ran gone = hookline.run("subscriptions", "show", "crm");

        assertThat(applied.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(applied.out())
                .containsPattern(
                        "crm created \\(version 1\\)\n  signing secret, shown only now: whsec_[A-Za-z0-9+/=]{44}\n")
                .contains("crm2 created");
        assertThat(applied.err())
                .contains("event type 'user_register' of subscription crm has no topic yet")
                .contains("No router is running");
        assertThat(again.out()).isEqualTo("crm unchanged (version 1)\ncrm2 unchanged (version 1)\n");
        assertThat(list.out().lines()).hasSize(3).first().asString().startsWith("ID    TENANT  STATUS");
        assertThat(json.out()).isEmpty();
        assertThat(paused.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(paused.out()).isEqualTo("crm paused (version 2)\n");
        assertThat(paused.err()).contains("there is no subscription nobody");
        assertThat(onlyPaused.out()).contains("crm ").doesNotContain("crm2");
        assertThat(resumed.out())
                .isEqualTo("{\"id\":\"crm\",\"outcome\":\"updated\",\"version\":3,\"dryRun\":false}\n");
        assertThat(dry.out()).isEqualTo("crm would be deleted\n");
        assertThat(deleted.out()).isEqualTo("crm deleted\n");
        assertThat(gone.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    /** After an answer 410 nothing is sent any more; whoever looks must see it, and be told the way back. */
    @Test
    void shouldRotateASecretAndShowTheNewOneOnce() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        hookline.run("subscriptions", "apply", file.toString(), "--no-wait");

        Ran dry = hookline.run("subscriptions", "rotate-secret", "crm", "--dry-run");
        Ran rotated = hookline.run("subscriptions", "rotate-secret", "crm", "--no-wait");
        Ran toPublic =
                hookline.run("subscriptions", "rotate-secret", "crm", "--algorithm", "ed25519", "--no-wait", "--json");
        Ran show = hookline.run("subscriptions", "show", "crm");
        Ran revealed = hookline.run("subscriptions", "show", "crm", "--show-secrets");
        Ran wrong = hookline.run("subscriptions", "rotate-secret", "crm", "--overlap", "1000d");
        Ran unknown = hookline.run("subscriptions", "rotate-secret", "crm", "--algorithm", "rsa");

        assertThat(dry.out()).isEqualTo("crm would be given a new signing secret (version 2)\n");
        assertThat(rotated.out())
                .startsWith("crm given a new signing secret (version 2)\n")
                .contains("shown only now: whsec_");
        assertThat(toPublic.out()).contains("\"publicKey\":\"whpk_").doesNotContain("whsk_");
        assertThat(show.out()).contains("whpk_", "whsec_****", "expiresAt: ").doesNotContain("whsk_");
        String secret = rotated.out().substring(rotated.out().indexOf("whsec_")).strip();
        assertThat(show.out()).doesNotContain(secret);
        assertThat(revealed.out()).contains(secret, "whsk_");
        assertThat(hookline.runWithInput(show.out(), "subscriptions", "apply", "-", "--no-wait")
                        .out())
                .isEqualTo("crm unchanged (version 3)\n");
        assertThat(wrong.err()).contains("--overlap is '1000d'", "90d");
        assertThat(unknown.err()).contains("--algorithm is 'rsa'", "ed25519");
    }

    @Test
    void shouldShowThatAnEndpointIsDisabledUntilItIsResumed() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        hookline.run("subscriptions", "apply", file.toString(), "--no-wait");
        try (KafkaConnection kafka = ops.connect()) {
            EndpointState.disable(kafka, "crm");
        }

        Ran list = hookline.run("subscriptions", "list");
        Ran onlyActive = hookline.run("subscriptions", "list", "--status", "active");
        Ran listJson = hookline.run("subscriptions", "list", "--status", "disabled", "--json");
        Ran show = hookline.run("subscriptions", "show", "crm");
        Ran showJson = hookline.run("subscriptions", "show", "crm", "--json");
        Ran applied = hookline.runWithInput(show.out(), "subscriptions", "apply", "-", "--no-wait");
        Ran dry = hookline.run("subscriptions", "resume", "crm", "--dry-run");
        Ran resumed = hookline.run("subscriptions", "resume", "crm", "--no-wait");
        Ran again = hookline.run("subscriptions", "resume", "crm", "--no-wait");
        Ran after = hookline.run("subscriptions", "list");

        String disabled = "\"disabled\":{\"reason\":\"gone\",\"since\":\"2026-11-24T08:00:00Z\"}";
        assertThat(list.out()).contains("disabled  gone since 2026-11-24T08:00:00Z");
        assertThat(list.err()).contains("1 disabled: nothing is sent to it", "hookline subscriptions resume ID");
        assertThat(onlyActive.out()).isEmpty();
        assertThat(listJson.out()).contains(disabled);
        assertThat(show.out()).contains("disabled:\n  reason: gone\n  since: ", "2026-11-24T08:00:00Z");
        assertThat(show.err()).contains("is disabled", "hookline subscriptions resume crm");
        assertThat(showJson.out()).contains(disabled);
        assertThat(applied.out()).isEqualTo("crm unchanged (version 1)\n");
        assertThat(applied.err())
                .contains("warning: subscription crm is disabled (gone since 2026-11-24T08:00:00Z)")
                .contains("hookline subscriptions resume crm");
        assertThat(dry.out()).startsWith("crm would be enabled again").endsWith("(version 2)\n");
        assertThat(resumed.out())
                .isEqualTo("crm enabled again, it was disabled: gone since 2026-11-24T08:00:00Z (version 2)\n");
        assertThat(again.out()).isEqualTo("crm unchanged (version 2)\n");
        assertThat(again.err()).doesNotContain("disabled");
        assertThat(after.out()).contains("active").doesNotContain("gone");
        assertThat(after.err()).doesNotContain("disabled");
    }

    /** What was recorded of an earlier version counts no longer, and neither does what was recorded of another. */
    @Test
    void shouldIgnoreADisablingThatIsNotOfTheNewestRecord() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        hookline.run("subscriptions", "apply", file.toString(), "--no-wait");
        try (KafkaConnection kafka = ops.connect()) {
            int partition = SubscriptionPartition.of("crm", 4);
            EndpointState.disable(kafka, "crm", partition, 12_345);
            EndpointState.disable(kafka, "crm2", partition, 0);
        }

        assertThat(hookline.run("subscriptions", "list").out())
                .contains("active")
                .doesNotContain("gone");
        assertThat(hookline.run("subscriptions", "resume", "crm", "--no-wait").out())
                .isEqualTo("crm unchanged (version 1)\n");
    }

    @Test
    void shouldMaskSecretsEverywhereUnlessToldOtherwise() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        String secret = hookline.run("subscriptions", "apply", file.toString(), "--json")
                .out()
                .replaceAll("(?s).*\"signingSecret\":\"(whsec_[^\"]+)\".*", "$1");

        String shown = hookline.run("subscriptions", "show", "crm").out();
        String all = shown
                + hookline.run("subscriptions", "show", "crm", "--json").out()
                + hookline.run("subscriptions", "list").out()
                + hookline.run("subscriptions", "list", "--json").out();
        Ran reapplied = hookline.runWithInput(shown, "subscriptions", "apply", "-");

        assertThat(secret).startsWith("whsec_");
        assertThat(all).doesNotContain(secret, "s3cret").contains("whsec_****");
        assertThat(reapplied.out()).isEqualTo("crm unchanged (version 1)\n");
        assertThat(hookline.run("subscriptions", "show", "crm", "--show-secrets")
                        .out())
                .contains(secret, "Bearer s3cret");
    }

    /** Deliverers would refuse them at every attempt. */
    @Test
    void shouldRefuseAddressesThatDeliverersMayNotConnectTo() throws Exception {
        Path file =
                Files.writeString(home.resolve("private.yaml"), CRM.replaceAll("https://[^/\n]*", "https://10.1.2.3"));
        Path metadata = Files.writeString(
                home.resolve("metadata.yaml"),
                CRM.replace("id: crm", "id: crm2").replaceAll("https://[^/\n]*", "https://[::ffff:169.254.169.254]"));
        Path config =
                Files.writeString(home.resolve("networks.properties"), "deliverer.endpoint.networks=10.0.0.0/8\n");

        Ran refused = hookline.run("subscriptions", "apply", file.toString(), metadata.toString(), "--no-wait");
        Ran allowed = hookline.run(
                "subscriptions", "apply", file.toString(), "--dry-run", "--command-config", config.toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains(
                        "private.yaml:1: subscription crm, url:",
                        "address 10.1.2.3 is private",
                        "deliverer.endpoint.networks")
                .contains("metadata.yaml:1:", "169.254.169.254 is a cloud's metadata service")
                .contains("2 problems; nothing was written.");
        assertThat(allowed.exitCode()).as(allowed.err()).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldRefuseAnEditOfAnOldVersionAndChangeNothing() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        hookline.run("subscriptions", "apply", file.toString());
        String shown = hookline.run("subscriptions", "show", "crm").out();
        hookline.run("subscriptions", "pause", "crm");

        Ran refused = hookline.runWithInput(shown + "description: mine\n", "subscriptions", "apply", "-");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(refused.err()).contains("based on version 1, but version 2", "Nothing was written.");
        assertThat(hookline.run("subscriptions", "show", "crm").out())
                .contains("version: 2")
                .doesNotContain("mine");
    }

    @Test
    void shouldListEveryProblemOfEveryFileAndWriteNothing() throws Exception {
        Path good = Files.writeString(home.resolve("good.yaml"), CRM);
        Path bad = Files.writeString(home.resolve("bad.yaml"), CRM.replace("https:", "gopher:") + "timeout: soon\n");

        Ran ran = hookline.run("subscriptions", "apply", good.toString(), bad.toString(), "--no-wait");
        Ran missing =
                hookline.run("subscriptions", "apply", home.resolve("none.yaml").toString());

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err().lines().filter(l -> l.contains("bad.yaml:"))).hasSize(2);
        assertThat(ran.err()).contains("2 problems; nothing was written.");
        assertThat(hookline.run("subscriptions", "list").err()).contains("No subscriptions.");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("there is no file");
    }

    @Test
    void shouldWaitUntilARunningRouterHasIt() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        try (Router router = Router.start(ops.settings())) {
            router.awaitRunning(Duration.ofSeconds(60));

            Ran applied = hookline.run("subscriptions", "apply", file.toString(), "--wait-timeout", "60s");

            assertThat(applied.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(applied.err()).doesNotContain("No router").doesNotContain("not in effect");
            assertThat(router.appliedSubscriptions()).isNotEmpty();
        }
    }

    @Test
    void shouldWaitForEveryRouterNotForTheFirst() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        try (Router router = Router.start(ops.settings())) {
            router.awaitRunning(Duration.ofSeconds(60));
            beatOfARouterThatAppliesNothing();

            Ran applied = hookline.run("subscriptions", "apply", file.toString(), "--wait-timeout", "5s");

            assertThat(applied.exitCode()).isEqualTo(ExitCode.UNCONFIRMED);
            assertThat(applied.err()).contains("router stuck has applied").doesNotContain(router.instanceId());
            assertThat(router.appliedSubscriptions()).isNotEmpty();
        }
    }

    @Test
    void shouldSayHonestlyThatARouterDoesNotKeepUp() throws Exception {
        Path file = Files.writeString(home.resolve("crm.yaml"), CRM);
        beatOfARouterThatAppliesNothing();

        Ran notWaited = hookline.run("subscriptions", "apply", file.toString(), "--no-wait");
        hookline.run("subscriptions", "delete", "crm", "--no-wait");
        Ran applied = hookline.run("subscriptions", "apply", file.toString(), "--wait-timeout", "1s");

        assertThat(notWaited.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(notWaited.err()).doesNotContain("router");

        assertThat(applied.exitCode()).isEqualTo(ExitCode.UNCONFIRMED);
        assertThat(applied.out()).contains("crm created");
        assertThat(applied.err())
                .contains("written, but not in effect everywhere after 1s: router stuck has applied partition");
    }

    @Test
    void shouldListEveryFileThatCannotBeRead() throws Exception {
        Path wrong = Files.writeString(home.resolve("wrong.yaml"), CRM.replace("url:", "urll:"));
        String first = home.resolve("first.yaml").toString();
        String second = home.resolve("second.yaml").toString();

        Ran applied = hookline.run("subscriptions", "apply", first, wrong.toString(), second);

        assertThat(applied.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(applied.err())
                .contains("there is no file " + first, "there is no file " + second, "'url'", "4 problems");
    }

    /** Once a command, of what was written, and not of this machine. */
    @Test
    void shouldWarnOnceOfPlainHttp() throws Exception {
        Path file = home.resolve("crm.yaml");
        String clear = CRM.replace("https:", "http:");
        String local = CRM.replaceAll("https://[^/\n]*", "http://localhost:9000");
        String documents =
                clear + "---\n" + clear.replace("id: crm", "id: crm2") + "---\n" + local.replace("id: crm", "id: crm3");
        Files.writeString(file, documents);

        Ran dry = hookline.run("subscriptions", "apply", file.toString(), "--dry-run");
        Ran first = hookline.run("subscriptions", "apply", file.toString(), "--no-wait");
        Files.writeString(file, documents.replace("id: crm2\n", "id: crm2\ndescription: changed\n"));
        Ran second = hookline.run("subscriptions", "apply", file.toString(), "--no-wait");

        String warning = "warning: plain http: anyone on the way can read the events of crm, crm2;";
        assertThat(dry.err()).containsOnlyOnce("plain http").contains(warning);
        assertThat(first.err()).containsOnlyOnce("plain http").contains(warning);
        assertThat(second.err()).containsOnlyOnce("plain http").contains("the events of crm2;");
    }

    private void beatOfARouterThatAppliesNothing() {
        try (KafkaConnection kafka = ops.connect();
                Producer<byte[], byte[]> producer = kafka.producer(ops.prefix + "beat")) {
            byte[] beat = kafka.codec(Instance.class)
                    .encode(Instance.newBuilder()
                            .setId("stuck")
                            .setRole(InstanceRole.ROUTER)
                            .setVersion("1")
                            .setStartedAt(Instant.now())
                            .setBeatAt(Instant.now())
                            .setAppliedSubscriptions(Map.of())
                            .build());
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(
                    new ProducerRecord<>(kafka.names().instances(), "stuck".getBytes(StandardCharsets.UTF_8), beat));
            producer.commitTransaction();
        }
    }
}
