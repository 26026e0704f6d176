package io.hookline.testkit.kafka;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Who may do what with a secured {@link EmbeddedKafka}: connections are SASL_SSL with user name and password, requests are decided by
 * Kafka's own {@code StandardAuthorizer}, and what no ACL allows is refused. Immutable.
 *
 * @param keyStore PKCS#12 with the broker's key and a certificate for 127.0.0.1 and localhost; clients trust it as well
 * @param keyStorePassword of that file
 * @param users user name to password, letters and digits only
 * @param admin the one of them who may do everything, ACLs or not
 */
public record BrokerSecurity(Path keyStore, String keyStorePassword, Map<String, String> users, String admin) {
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    public BrokerSecurity {
        users = Map.copyOf(users);
        if (!users.containsKey(admin)) {
            throw new IllegalArgumentException(
                    "the administrator '" + admin + "' is none of the users " + users.keySet());
        }
        users.forEach((user, password) -> {
            if (!(user + password).matches("[A-Za-z0-9]+")) {
                throw new IllegalArgumentException(
                        "user '" + user + "' or its password has other than letters and digits");
            }
        });
    }

    /**
     * With what a client connects as that user.
     *
     * @throws IllegalArgumentException for a user that there is not
     */
    public Map<String, String> client(String user) {
        String password = users.get(user);
        if (password == null) {
            throw new IllegalArgumentException("there is no user '" + user + "', only " + users.keySet());
        }
        Map<String, String> client = new LinkedHashMap<>(trust());
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", "PLAIN");
        client.put("sasl.jaas.config", PLAIN + login(user, password) + ";");
        return client;
    }

    /** Broker and controller are one process and talk to each other as the administrator. */
    Map<String, String> serverProperties(String brokerListener, String controllerListener) {
        String logins = users.entrySet().stream()
                .map(user -> " user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                .sorted()
                .collect(Collectors.joining());
        String jaas = PLAIN + login(admin, Objects.requireNonNull(users.get(admin))) + logins + ";";
        Map<String, String> server = new LinkedHashMap<>(trust());
        server.put("ssl.keystore.location", keyStore.toString());
        server.put("ssl.keystore.type", "PKCS12");
        server.put("ssl.keystore.password", keyStorePassword);
        server.put("ssl.key.password", keyStorePassword);
        server.put("listener.security.protocol.map", brokerListener + ":SASL_SSL," + controllerListener + ":SASL_SSL");
        server.put("sasl.enabled.mechanisms", "PLAIN");
        server.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        server.put("sasl.mechanism.controller.protocol", "PLAIN");
        for (String listener : new String[] {brokerListener, controllerListener}) {
            server.put("listener.name." + listener.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config", jaas);
        }
        server.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        server.put("super.users", "User:" + admin);
        server.put("allow.everyone.if.no.acl.found", "false");
        return server;
    }

    private Map<String, String> trust() {
        return Map.of(
                "ssl.truststore.location",
                keyStore.toString(),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.password",
                keyStorePassword);
    }

    private static String login(String user, String password) {
        return " username=\"" + user + "\" password=\"" + password + "\"";
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "BrokerSecurity[" + users.keySet() + ", administrator " + admin + "]";
    }
}
