package io.hookline.deploy.secured;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.access.Role;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.testkit.kafka.BrokerSecurity;
import io.hookline.testkit.kafka.EmbeddedKafka;
import io.hookline.testkit.registry.DevRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

/** A Kafka with TLS, passwords and an authorizer, on which each role has what the shipped script grants and nothing else. */
final class SecuredKafka implements AutoCloseable {
    static final TopicNames NAMES = new TopicNames("shop.");

    private static final String ADMIN = "admin";
    private static final String PASSWORD = "changeit";

    private final BrokerSecurity security;
    private final EmbeddedKafka kafka;
    private final DevRegistry registry;

    SecuredKafka(Path directory) throws Exception {
        Map<String, String> users = new HashMap<>(Map.of(ADMIN, "a0a0"));
        for (Role role : Role.values()) {
            users.put(role.label(), role.label() + "Pass1");
        }
        security = new BrokerSecurity(keyStore(directory.resolve("broker.p12")), PASSWORD, users, ADMIN);
        kafka = EmbeddedKafka.builder().secured(security).start();
        List<AclBinding> bindings = new ArrayList<>();
        for (Role role : Role.values()) {
            bindings.addAll(ShippedAcls.of(role, "User:" + role.label(), NAMES.prefix()));
        }
        try (Admin admin = Admin.create(new HashMap<>(connection(ADMIN)))) {
            admin.createAcls(bindings).all().get(30, TimeUnit.SECONDS);
        }
        DevRegistry.Builder builder = DevRegistry.builder(kafka.bootstrapServers());
        security.client(ADMIN).forEach(builder::kafkaProperty);
        registry = builder.start();
    }

    /** What the Kafka clients of that role are made with. */
    Map<String, Object> client(Role role) {
        return new HashMap<>(connection(role.label()));
    }

    /** What a service or command of that role is started with. */
    Map<String, String> settings(Role role) {
        Map<String, String> settings = connection(role.label());
        settings.put("schema.registry.url", registry.url());
        settings.put("topics.prefix", NAMES.prefix());
        return settings;
    }

    private Map<String, String> connection(String user) {
        Map<String, String> connection = new HashMap<>(security.client(user));
        connection.put("bootstrap.servers", kafka.bootstrapServers());
        return connection;
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
    }

    private static Path keyStore(Path file) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String words =
                "-genkeypair -alias broker -keyalg EC -dname CN=broker -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12 -storepass "
                        + PASSWORD + " -keystore";
        List<String> command = new ArrayList<>(List.of(keytool));
        command.addAll(List.of(words.split(" ")));
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return file;
    }
}
