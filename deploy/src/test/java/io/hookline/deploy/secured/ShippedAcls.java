package io.hookline.deploy.secured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.ops.access.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What the shipped script would tell {@code kafka-acls.sh}: the script is run by a shell, with {@code echo} in its place. */
final class ShippedAcls {
    static final Path SCRIPT = Path.of("src/main/access/kafka-acls.sh");

    private static final Map<String, ResourceType> KINDS = Map.of(
            "--topic", ResourceType.TOPIC,
            "--group", ResourceType.GROUP,
            "--transactional-id", ResourceType.TRANSACTIONAL_ID);

    private ShippedAcls() {}

    static List<AclBinding> of(Role role, String principal, String prefix) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", SCRIPT.toString(), role.label(), principal, prefix);
        shell.environment().put("KAFKA_ACLS", "echo");
        Process process = shell.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().flatMap(ShippedAcls::bindings).toList();
    }

    private static Stream<AclBinding> bindings(String line) {
        List<AclOperation> operations = new ArrayList<>();
        String principal = "";
        ResourceType kind = ResourceType.UNKNOWN;
        String name = "";
        PatternType pattern = PatternType.LITERAL;
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        assertThat(words.remove(0)).isEqualTo("--add");
        while (!words.isEmpty()) {
            String option = words.remove(0);
            String value = words.remove(0);
            switch (option) {
                case "--allow-principal" -> principal = value;
                case "--operation" -> operations.add(operation(value));
                case "--resource-pattern-type" ->
                    pattern = PatternType.fromString(value.toUpperCase(java.util.Locale.ROOT));
                default -> {
                    assertThat(KINDS).containsKey(option);
                    kind = KINDS.get(option);
                    name = value;
                }
            }
        }
        ResourcePattern resource = new ResourcePattern(kind, name, pattern);
        String who = principal;
        return operations.stream()
                .map(operation ->
                        new AclBinding(resource, new AccessControlEntry(who, "*", operation, AclPermissionType.ALLOW)));
    }

    /** As {@code kafka-acls.sh} spells them. */
    private static AclOperation operation(String word) {
        return AclOperation.fromString(word.replaceAll("([a-z])([A-Z])", "$1_$2"));
    }
}
